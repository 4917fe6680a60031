package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SandboxControl;
import io.tieback.ledger.ItemState;
import io.tieback.procore.StagedRecords;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Companies of Procore and contacts of Xero, the whole way in both directions. */
class CompaniesTest {

  @TempDir static Path folder;

  private static Site site;
  private static Companies companies;

  @BeforeAll
  static void start() {
    site = Site.small(folder).start();
    companies = new Companies(site);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void calm() {
    site.xero().delete("faults");
    site.procore().delete("faults");
  }

  @Test
  @DisplayName(
      "XR-COY-06: a new company becomes a contact of Xero, is linked, and an invoice that waits for"
          + " it goes by itself")
  void exported() {
    long vendor =
        companies.create(
            "Nordhaven Roofing ApS",
            "address",
            "Kaivej 12\nBuilding 4",
            "city",
            "Aarhus",
            "zip",
            "8000",
            "country_code",
            "DK",
            "email_address",
            "post@nordhaven.example",
            "business_phone",
            "+45 8612 3456");
    long invoice = companies.invoice(vendor, "NH-1");
    site.send(invoice);
    site.accept(invoice);
    site.awaitState(ItemState.WAITING, invoice);

    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    JsonNode contact = companies.contact("Nordhaven Roofing ApS");
    assertThat(contact.path("ContactNumber").asText())
        .isEqualTo("tieback.harbour.vendor." + vendor);
    assertThat(contact.path("EmailAddress").asText()).isEqualTo("post@nordhaven.example");
    assertThat(contact.at("/Phones/0/PhoneNumber").asText()).isEqualTo("+45 8612 3456");
    assertThat(contact.at("/Addresses/0/AddressLine2").asText()).isEqualTo("Building 4");
    assertThat(contact.at("/Addresses/0/Country").asText()).isEqualTo("DK");
    assertThat(companies.status(vendor).path("originId").asText())
        .isEqualTo(companies.originId(contact.path("ContactID").asText()));

    site.awaitState(ItemState.ACKNOWLEDGED, invoice);
    assertThat(site.books().bill(invoice).at("/contactId").asText())
        .isEqualTo(contact.path("ContactID").asText());
  }

  @Test
  @DisplayName(
      "XR-COY-04, GEN-COY-05, TB-COY-01, TB-COY-02: what Xero or the firm does not take is refused,"
          + " all of it at once, and nothing is written")
  void refused() {
    String name = "A Company With A Name That Is  Longer Than Forty-One <Characters>";
    long vendor = companies.create(name, "email_address", "no address", "country_code", "U.S.");
    companies.act("send", vendor);
    companies.act("accept", vendor);
    companies.awaitStatus("failed_to_export", vendor);
    assertThat(companies.words(vendor))
        .contains("at most 41 characters", "name must be less than 42 characters", "(XR-COY-04)")
        .contains("'<' or '>'", "no address", "(TB-COY-02)");
    assertThat(companies.contacts(name)).isEmpty();

    companies.act("reject", vendor);
    companies.edit(vendor, "name", "A Short Name");
    companies.edit(vendor, "email_address", "");
    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    assertThat(companies.contacts("A Short Name")).hasSize(1);
  }

  @Test
  @DisplayName(
      "XR-COY-01, GEN-COY-01: a company that Xero has already is not created again; a person links"
          + " it, and what waited goes")
  void thereAlready() {
    String contact = companies.enter("Kestrel Glazing, Inc.", "email", "jo@kestrel.example");
    long vendor =
        companies.create("KESTREL GLAZING LLC", "email_address", "office@kestrel.example");
    companies.export(vendor);
    companies.awaitStatus("failed_to_export", vendor);
    assertThat(companies.words(vendor))
        .contains("Kestrel Glazing, Inc.", "100 of 100", "same name", "same e-mail domain")
        .contains("./tieback companies link " + vendor + " " + contact);
    assertThat(companies.contacts("KESTREL GLAZING LLC")).isEmpty();

    CommandRun run =
        CommandRun.of(
            "companies",
            "link",
            Long.toString(vendor),
            contact,
            "--config",
            site.configuration().toString());
    assertThat(run.code()).as(run.toString()).isZero();
    companies.awaitStatus("synced", vendor);
    assertThat(companies.status(vendor).path("originId").asText())
        .isEqualTo(companies.originId(contact));
    assertThat(companies.contact("Kestrel Glazing, Inc.").path("ContactNumber").isMissingNode())
        .as("what people entered in Xero is not changed")
        .isTrue();
    assertThat(site.count("select count(*) from audit_entry where action = 'link'")).isPositive();
    auditIsProven();
  }

  /** Design section 9: the trail is proven, and what was changed in it afterwards is named. */
  private void auditIsProven() {
    CommandRun intact = audit("verify");
    assertThat(intact.code()).as(intact.toString()).isZero();
    assertThat(intact.out()).contains("Intact", "Last hash ");
    String last = intact.out().lines().filter(l -> l.startsWith("Last hash ")).findFirst().get();
    assertThat(audit("verify", "--last-hash", last.substring(10)).code()).isZero();
    assertThat(audit("verify", "--last-hash", "ab").out()).contains("BROKEN", "removed at the end");
    assertThat(audit("list").out()).contains("  link  ");

    site.execute("alter table audit_entry disable trigger audit_append_only");
    site.execute("update audit_entry set who = 'x' || who where sequence = 1");
    CommandRun broken = audit("verify");
    site.execute("update audit_entry set who = substr(who, 2) where sequence = 1");
    site.execute("alter table audit_entry enable trigger audit_append_only");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).contains("BROKEN", "audit entry 1", "was changed");
    assertThat(audit("verify").code()).isZero();
  }

  private CommandRun audit(String... words) {
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", site.configuration().toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  @DisplayName("An answer that was lost: the contact is looked for, and stands there once")
  void answerLost() {
    fault(Json.object().put("drop", "after"));
    exportedOnce("Lost Answer Paving");
  }

  @Test
  @DisplayName("Xero commits after it was looked for in vain: the contact stands there once")
  void committedLate() {
    ObjectNode effect = Json.object();
    effect.putObject("lateCommit").put("delayMillis", 4_000);
    fault(effect);
    exportedOnce("Late Commit Paving");
  }

  @Test
  @DisplayName(
      "A call that wrote nothing goes again, and an answer cut off in the middle is looked for")
  void otherMishaps() {
    fault(Json.object().put("drop", "before"));
    exportedOnce("Dropped Before Paving");
    fault(Json.object().put("malformed", true));
    exportedOnce("Cut Off Paving");
  }

  private static void fault(ObjectNode effect) {
    ObjectNode fault = Json.object();
    fault.putObject("match").put("method", "PUT").put("path", "^/api.xro/2.0/Contacts$");
    fault.set("effect", effect);
    site.xero().post("faults", fault);
  }

  private static void exportedOnce(String name) {
    long vendor = companies.create(name);
    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    assertThat(companies.contacts(name)).hasSize(1);
  }

  @Test
  @DisplayName(
      "Many companies that are accepted together share their calls; two of one name become no two"
          + " contacts")
  void together() {
    List<Long> vendors = new ArrayList<>();
    for (int i = 1; i <= 12; i++) {
      vendors.add(companies.create("Together " + i + " Ltd"));
    }
    long twin = companies.create("Together 12, Inc.");
    site.xero().delete("requests");
    Long[] all = vendors.toArray(Long[]::new);
    companies.export(all);
    companies.awaitStatus("synced", all);
    companies.export(twin);
    companies.awaitStatus("failed_to_export", twin);
    assertThat(companies.words(twin)).contains("Together 12 Ltd");
    JsonNode calls = site.xero().get("requests/summary").path("byOperation");
    assertThat(calls.at("/PUT ~1api.xro~12.0~1Contacts/count").intValue()).isBetween(1, 4);
  }

  @Test
  @DisplayName(
      "XR-COY-01, GEN-COY-06, GEN-API-18: suppliers that no company has come to Ready to Import;"
          + " addresses of linked ones stay")
  void refreshed() {
    String known = companies.enter("Tamarack Surveying Ltd", "supplier", "true");
    String idle = companies.enter("Only Ever A Customer", "supplier", "false");
    String likely = companies.enter("Bayview Plumbing Ltd", "supplier", "true");
    long twin = companies.create("Bayview Plumbing");
    companies.person("address", contactOf("Bayview Drywall LLC"), "city", "Elsewhere");

    assertThat(companies.refresh())
        .startsWith("success")
        .contains("ready to import", "Bayview Plumbing Ltd");
    List<String> staged = staged();
    assertThat(staged).contains(companies.originId(known));
    assertThat(staged).doesNotContain(companies.originId(idle), companies.originId(likely));
    assertThat(site.procore().get("vendors/status?vendorId=" + twin).path("originId").isNull())
        .isTrue();
  }

  @Test
  @DisplayName("One company alone takes two calls of Xero and four of Procore")
  void callsOfOne() {
    long vendor = companies.create("Counted Calls Scaffolding");
    site.xero().delete("requests");
    site.procore().delete("requests");
    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    assertThat(calls(site.xero(), "Contacts")).containsExactlyInAnyOrder("GET 1", "PUT 1");
    assertThat(calls(site.procore(), "erp_requests/")).containsExactly("GET 1");
    assertThat(calls(site.procore(), "v1.0/vendors")).containsExactly("GET 1");
    assertThat(calls(site.procore(), "external_data")).containsExactly("PATCH 1");
    assertThat(calls(site.procore(), "erp_request_details")).containsExactly("PATCH 1");
  }

  private static List<String> calls(SandboxControl of, String path) {
    List<String> calls = new ArrayList<>();
    of.get("requests/summary")
        .path("byOperation")
        .fields()
        .forEachRemaining(
            operation -> {
              if (operation.getKey().contains(path)) {
                calls.add(
                    operation.getKey().split(" ")[0] + " " + operation.getValue().path("count"));
              }
            });
    return calls;
  }

  private static String contactOf(String name) {
    return companies.contact(name).path("ContactID").asText();
  }

  private static List<String> staged() {
    return site
        .deployment()
        .rooms()
        .of(Site.HARBOUR)
        .client()
        .stagedRecords()
        .list("vendor")
        .stream()
        .filter(one -> one.status().equals("staged"))
        .map(StagedRecords.Staged::originId)
        .toList();
  }
}
