package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.construction.ProjectName;
import io.tieback.construction.Supplier;
import io.tieback.construction.Supplier.Phone;
import io.tieback.construction.Supplier.PhoneUse;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Reply;
import io.tieback.specs.QuickBooksContract;
import io.tieback.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Companies as vendors, cost codes as items. */
class QuickBooksVendorsTest {

  private static final String MARKER = "tieback.harbour.vendor.7041";

  private final ScriptedRealm realm = new ScriptedRealm();
  private final QuickBooksSingles vendors =
      new QuickBooksSingles(new QuickBooksVendors(realm.calls()), realm.calls(), realm.clock);
  private final QuickBooksSingles items =
      new QuickBooksSingles(
          new QuickBooksItems(Ids.items(), new Ids(), realm.calls()), realm.calls(), realm.clock);
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void stop() {
    realm.close();
    assertThat(realm.budget.open()).as("leaves not given back").isZero();
  }

  private static DeliveryBatch batch(QuickBooksRecords records, Outgoing document, Instant sent) {
    ErpDocument rendered = records.render(document);
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-" + document.marker(),
        QuickBooksEnvelope.batchBody(List.of(rendered)),
        List.of(document.marker()),
        sent,
        document.kind(),
        Set.of());
  }

  private static Supplier company(String name) {
    return new Supplier(
        MARKER,
        7041,
        name,
        "office@example.com",
        List.of(
            new Phone(PhoneUse.BUSINESS, "555 100"),
            new Phone(PhoneUse.BUSINESS, "555 101"),
            new Phone(PhoneUse.BUSINESS, "555 102"),
            new Phone(PhoneUse.MOBILE, "555 200"),
            new Phone(PhoneUse.FAX, "555 300")),
        new Supplier.Address("1 Quay\nShed 4", "Portland", "OR", "97201", "US"),
        null);
  }

  private JsonNode rendered(QuickBooksRecords records, Outgoing document) {
    return Json.read(records.render(document).body()).path("Document");
  }

  @Test
  @DisplayName("QBO-COY-01: a company becomes a vendor with all its numbers, marked in its notes")
  void aCompanyBecomesAVendor() {
    JsonNode vendor = rendered(vendors, company("O'Neill Concrete"));
    assertThat(vendor.path("DisplayName").asText()).isEqualTo("O'Neill Concrete");
    assertThat(vendor.path("Notes").asText())
        .isEqualTo("[tieback: " + MARKER + "]\nbusiness: 555 102");
    assertThat(vendor.path("AlternatePhone").path("FreeFormNumber").asText()).isEqualTo("555 101");
    assertThat(vendor.path("BillAddr").path("Line2").asText()).isEqualTo("Shed 4");
    assertThat(vendor.path("BillAddr").path("CountrySubDivisionCode").asText()).isEqualTo("OR");
    vendors.handOver(batch(vendors, company("O'Neill Concrete"), null), outcomes);
    vendors.handOver(batch(vendors, company("O'Neill Concrete"), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get(MARKER).erpNumber()).isEqualTo("O'Neill Concrete");
    assertThat(outcomes.refused()).isEmpty();
    assertThat(realm.all("Vendor")).hasSize(1);
  }

  @Test
  @QuickBooksContract.Needed
  @DisplayName("QBO-COY-01 QBO-WBS-01: vendors and items use only fields of Intuit's schemas")
  void holdsAgainstIntuitsSchemas() {
    QuickBooksContract contract = QuickBooksContract.load();
    assertThat(contract.objections("Vendor", rendered(vendors, company("Acme")))).isEmpty();
    assertThat(contract.objections("Item", rendered(items, item("1042-03-300.S", null)))).isEmpty();
    assertThat(
            contract.objections(
                "Attachable",
                QuickBooksFiles.metadata(QuickBooksEntity.BILL, "5", "a.pdf", "application/pdf")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Acme: West, a colon at character 5",
    "'Acme\tWest', a tab at character 5",
    "'Acme\nWest', a line break at character 5",
    "' Acme', begins or ends with a blank"
  })
  @DisplayName(
      "QBO-COY-01: a name that QuickBooks does not take is refused by name, never replaced")
  void refusesNames(String name, String found) {
    assertThatThrownBy(() -> vendors.render(company(name)))
        .hasMessageContaining(found)
        .hasMessageContaining("company 7041");
  }

  @Test
  void refusesALongName() {
    assertThatThrownBy(() -> vendors.render(company("x".repeat(501))))
        .hasMessageContaining("501 characters")
        .hasMessageContaining("500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Customer", "Employee"})
  @DisplayName("QBO-COY-01: a name that a customer or employee has is refused with the way out")
  void aNameOfSomebodyElse(String entity) {
    String id = realm.enter(entity, "{`DisplayName`:`Acme`,`Active`:true}");
    vendors.handOver(batch(vendors, company("Acme"), null), outcomes);
    assertThat(String.join(" ", outcomes.refused().get(MARKER)))
        .contains("6240")
        .contains(entity + " " + id)
        .contains("Acme (V)")
        .contains("link the company");
  }

  @Test
  @DisplayName("QBO-COY-01: a name that a vendor has already offers the link")
  void aNameOfAVendor() {
    String id = realm.enter("Vendor", "{`DisplayName`:`Acme`,`Active`:false}");
    vendors.handOver(batch(vendors, company("Acme"), null), outcomes);
    assertThat(String.join(" ", outcomes.refused().get(MARKER)))
        .contains("Vendor " + id)
        .contains("inactive")
        .contains("link the company to it");
    vendors.lookUp(batch(vendors, company("Acme"), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.absent()).containsExactly(MARKER);
  }

  @Test
  @DisplayName("QBO-COY-01: a vendor that is there is only linked, and not when it is inactive")
  void aVendorThatIsThereIsLinked() {
    String id = realm.enter("Vendor", "{`DisplayName`:`Acme West`,`Active`:true}");
    DeliveryBatch batch = batch(vendors, company("Acme").linkedTo(id), null);
    vendors.handOver(batch, outcomes);
    assertThat(outcomes.known().get(MARKER).erpId()).isEqualTo(id);
    assertThat(outcomes.known().get(MARKER).warnings()).isEmpty();
    assertThat(realm.posted("Vendor")).isEmpty();
    realm.record("Vendor", id).put("Active", false);
    vendors.handOver(batch, outcomes);
    assertThat(outcomes.refused().get(MARKER).get(0)).contains("inactive");
  }

  @Test
  void aVendorThatWasRenamedIsFoundByItsMarker() {
    realm.script(
        asked -> {
          Reply reply = realm.books(asked);
          return asked.method().equals("POST") ? Reply.dropped() : reply;
        });
    vendors.handOver(batch(vendors, company("Acme"), null), outcomes);
    realm.all("Vendor").get(0).put("DisplayName", "Acme West");
    vendors.lookUp(batch(vendors, company("Acme"), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get(MARKER).erpNumber()).isEqualTo("Acme West");
  }

  private static CostItem item(String name, String key) {
    return new CostItem("item:" + name, name, name, "Concrete, subcontract", null, null, key);
  }

  @Test
  @DisplayName(
      "QBO-WBS-01 QBO-WBS-03: a code becomes a service item with its description and both accounts")
  void aCodeBecomesAServiceItem() {
    assertThat(Json.write(rendered(items, item("1042-03-300.S", null))).replace('"', '\''))
        .isEqualTo(
            "{'Name':'1042-03-300.S','Type':'Service','Description':'Concrete, subcontract',"
                + "'IncomeAccountRef':{'value':'account-4000'},"
                + "'PurchaseDesc':'Concrete, subcontract',"
                + "'ExpenseAccountRef':{'value':'account-5000'}}");
    items.handOver(batch(items, item("1042-03-300.S", null), null), outcomes);
    items.handOver(batch(items, item("1042-03-300.S", null), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys("item:1042-03-300.S");
    assertThat(outcomes.refused()).isEmpty();
    assertThat(realm.all("Item")).hasSize(1);
  }

  @Test
  @DisplayName(
      "QBO-PRJ-01: a project is linked to the one that is there, and never made or renamed")
  void aProjectIsOnlyLinked() {
    QuickBooksProjectLinks projects = new QuickBooksProjectLinks(realm.calls());
    ProjectName wanted = new ProjectName("project:9", 9, "Pier 4", null, false);
    assertThatThrownBy(() -> projects.render(wanted))
        .hasMessageContaining("Pier 4")
        .hasMessageContaining("QBO-PRJ-01");
    String id = realm.enter("Customer", "{`DisplayName`:`Pier 4`,`IsProject`:true,`Active`:true}");
    ProjectName there = new ProjectName("project:9", 9, "Pier 4", id, false);
    projects.handOver(batch(projects, there, null), outcomes);
    assertThat(outcomes.known().get("project:9").erpId()).isEqualTo(id);
    realm.record("Customer", id).put("Active", false);
    projects.lookUp(batch(projects, there, ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.refused().get("project:9").get(0)).contains("inactive");
    assertThat(realm.posted("Customer")).isEmpty();
  }

  @Test
  @DisplayName("QBO-WBS-04: a name of more than 100 characters is refused, never cut")
  void refusesALongItem() {
    assertThat(items.render(item("9".repeat(100), null))).isNotNull();
    assertThatThrownBy(() -> items.render(item("9".repeat(101), null)))
        .hasMessageContaining("101 characters")
        .hasMessageContaining("100");
  }

  @Test
  void anItemOfAnotherDescriptionIsSomebodyElses() {
    String id = realm.enter("Item", "{`Name`:`1042-03-300.S`,`PurchaseDesc`:`Mine`,`Active`:true}");
    items.handOver(batch(items, item("1042-03-300.S", null), null), outcomes);
    assertThat(String.join(" ", outcomes.refused().get("item:1042-03-300.S")))
        .contains("Item " + id)
        .contains("work-breakdown.existing-items");
    items.lookUp(batch(items, item("1042-03-300.S", null), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.doubtful()).containsOnlyKeys("item:1042-03-300.S");
    items.handOver(batch(items, item("1042-03-300.S", id), null), outcomes);
    assertThat(outcomes.known().get("item:1042-03-300.S").erpId()).isEqualTo(id);
  }
}
