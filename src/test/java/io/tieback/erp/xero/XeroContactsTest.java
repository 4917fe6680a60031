package io.tieback.erp.xero;

import static io.tieback.erp.xero.XeroCompany.ARCHIVED_SUPPLIER;
import static io.tieback.erp.xero.XeroCompany.SUPPLIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BookedCompany;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.CompanyMarker;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Supplier;
import io.tieback.construction.Supplier.Address;
import io.tieback.construction.Supplier.Phone;
import io.tieback.construction.Supplier.PhoneUse;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Companies as contacts, over HTTP into the stand-in's books; Xero's own contract judges. */
class XeroContactsTest {

  private static final ConnectionId HARBOUR = new ConnectionId("harbour");

  private final XeroCompany xero = new XeroCompany();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    xero.close();
  }

  private static Supplier supplier(long id, String name) {
    return new Supplier(
        CompanyMarker.of(HARBOUR, id),
        id,
        name,
        "ap@" + id + ".example",
        List.of(new Phone(PhoneUse.BUSINESS, "555-0199"), new Phone(PhoneUse.FAX, "555-0198")),
        new Address("1 Main St\nUnit 2", "Austin", "TX", "78701", "US"),
        null);
  }

  private DeliveryBatch batch(Instant sent, Supplier... suppliers) {
    return batch(sent, Set.of(), suppliers);
  }

  private DeliveryBatch batch(Instant sent, Set<String> former, Supplier... suppliers) {
    List<ErpDocument> documents =
        Arrays.stream(suppliers).map(one -> xero.adapter().render(one)).toList();
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-" + UUID.randomUUID(),
        xero.adapter().batchBody(DocumentKind.SUPPLIER, documents),
        documents.stream().map(ErpDocument::marker).toList(),
        sent,
        DocumentKind.SUPPLIER,
        former);
  }

  private BookedCompany inXero(Supplier supplier) {
    return xero.adapter().companies().ofMarker(supplier.marker()).orElseThrow();
  }

  @Test
  @DisplayName("XR-COY-06: fifty companies take one call, and stand in Xero as they were sent")
  void fiftyInOneCall() {
    Supplier[] fifty =
        LongStream.rangeClosed(1, 50)
            .mapToObj(id -> supplier(id, "Supplier " + id))
            .toArray(Supplier[]::new);
    int before = xero.requests();
    xero.adapter().handOver(batch(null, fifty), outcomes);
    assertThat(xero.requests() - before).isEqualTo(1);
    assertThat(outcomes.known()).hasSize(50);
    BookedCompany third = inXero(fifty[2]);
    assertThat(outcomes.known().get(fifty[2].marker()).erpId()).isEqualTo(third.key());
    assertThat(third.name()).isEqualTo("Supplier 3");
    assertThat(third.company().emailAddress()).isEqualTo("ap@3.example");
    assertThat(third.phones()).isEqualTo(fifty[2].phones());
    assertThat(third.address()).isEqualTo(fifty[2].address());
  }

  @Test
  @DisplayName("Bank details, tax numbers and read-only fields are never sent")
  void nothingElseIsSent() {
    String body = xero.adapter().render(supplier(1, "A")).body();
    assertThat(body)
        .startsWith("{\"Name\":\"A\",\"ContactNumber\":\"tieback.harbour.vendor.1\"")
        .doesNotContain("Bank", "Tax", "IsSupplier", "ContactStatus", "ContactID");
  }

  @Test
  @DisplayName(
      "XR-COY-03: a contact that is there is linked by a read, and nothing of it is written")
  void linkedUntouched() {
    Supplier existing = supplier(7, "Another name than in Xero").linkedTo(SUPPLIER);
    Supplier fresh = supplier(8, "Fresh");
    DeliveryBatch batch = batch(null, existing, fresh);
    assertThat(new String(batch.body(), StandardCharsets.UTF_8).split("\n")[0])
        .doesNotContain(SUPPLIER);
    xero.adapter().handOver(batch, outcomes);
    assertThat(outcomes.known().get(existing.marker()).erpId()).isEqualTo(SUPPLIER);
    assertThat(outcomes.known().get(existing.marker()).erpNumber()).isEqualTo("Ironworks Ltd");
    assertThat(outcomes.known()).containsKey(fresh.marker());
    BookedCompany ironworks = xero.adapter().company(SUPPLIER).orElseThrow();
    assertThat(ironworks.marker()).isNull();
    assertThat(ironworks.address()).isNull();
    assertThat(xero.requests("POST /api.xro/2.0/Contacts")).isZero();
  }

  @Test
  @DisplayName("XR-COY-02: a contact that was archived meanwhile is not linked")
  void archivedIsNotLinked() {
    Supplier gone = supplier(7, "Gone").linkedTo(ARCHIVED_SUPPLIER);
    xero.adapter().handOver(batch(null, gone), outcomes);
    assertThat(outcomes.known()).isEmpty();
    assertThat(outcomes.refused().get(gone.marker()).get(0)).contains("archived");
  }

  @Test
  @DisplayName("A name that is taken refuses that one alone, and never changes who has it")
  void nameTaken() {
    Supplier taken = supplier(1, "IRONWORKS ltd");
    Supplier free = supplier(2, "Free");
    xero.adapter().handOver(batch(null, taken, free), outcomes);
    assertThat(outcomes.refused().get(taken.marker()).get(0))
        .contains("already assigned to another contact");
    assertThat(outcomes.known()).containsOnlyKeys(free.marker());
    assertThat(xero.adapter().company(SUPPLIER).orElseThrow().name()).isEqualTo("Ironworks Ltd");
  }

  @Test
  @DisplayName("A contact that an earlier sending created is known again, not refused, not doubled")
  void writtenBefore() {
    Supplier one = supplier(1, "Once");
    xero.adapter().handOver(batch(null, one), outcomes);
    String id = outcomes.known().get(one.marker()).erpId();
    Outcomes again = new Outcomes();
    xero.adapter().handOver(batch(Instant.now(), one), again);
    assertThat(again.known().get(one.marker()).erpId()).isEqualTo(id);
    assertThat(again.refused()).isEmpty();
    assertThat(named("Once")).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "A look-up finds what stands there by its marker, in one call, and says what does not")
  void lookUp() {
    Supplier there = supplier(1, "There");
    Supplier notThere = supplier(2, "Not there");
    xero.adapter().handOver(batch(null, there), new Outcomes());
    int before = xero.requests();
    xero.adapter().lookUp(batch(Instant.now(), there, notThere), outcomes);
    assertThat(xero.requests() - before).isEqualTo(1);
    assertThat(outcomes.known()).containsOnlyKeys(there.marker());
    assertThat(outcomes.absent()).containsExactly(notThere.marker());
  }

  @Test
  @DisplayName("A look-up passes over a contact that the company was unlinked from")
  void formerContacts() {
    Supplier one = supplier(1, "Unlinked once");
    xero.adapter().handOver(batch(null, one), outcomes);
    String id = outcomes.known().get(one.marker()).erpId();
    Outcomes looked = new Outcomes();
    xero.adapter().lookUp(batch(Instant.now(), Set.of(id), one), looked);
    assertThat(looked.known()).isEmpty();
    assertThat(looked.absent()).containsExactly(one.marker());
  }

  @Test
  @DisplayName("XR-COY-01: every contact is read, archived and merged ones with what they became")
  void reads() {
    xero.control(
        "POST",
        "contacts",
        "{'tenantId':'"
            + XeroCompany.TENANT
            + "','contactId':'"
            + ARCHIVED_SUPPLIER
            + "','do':'merge','into':'"
            + SUPPLIER
            + "'}");
    CompanyBooks books = xero.adapter().companies();
    BookedCompany gone = books.find(ARCHIVED_SUPPLIER).orElseThrow();
    assertThat(gone.active()).isFalse();
    assertThat(books.today(gone).key()).isEqualTo(SUPPLIER);
    assertThat(xero.adapter().company(XeroCompany.NO_SUPPLIER)).isEmpty();
  }

  private long named(String name) {
    return xero.adapter().companies().all().stream().filter(c -> c.name().equals(name)).count();
  }
}
