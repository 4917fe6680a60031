package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.console.Caller;
import io.tieback.console.door.Tokens;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Links;
import io.tieback.ledger.User;
import io.tieback.procore.StagedRecords;
import io.tieback.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Companies are linked, imported, unlinked and merged, by people in either system or here. */
class CompanyLinksTest {

  @TempDir static Path folder;

  private static Site site;
  private static Companies companies;

  @BeforeAll
  static void start() {
    site = Site.small(folder).set(Site.HARBOUR, "companies.push-names", "true").start();
    companies = new Companies(site);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  private static Optional<String> link(long vendor) {
    return site.ledger()
        .links()
        .get(Site.HARBOUR, "vendor", Long.toString(vendor))
        .map(Links.Link::originId);
  }

  private static void awaitLink(long vendor, String contact) {
    Site.until(
        "company " + vendor + " is linked",
        () -> link(vendor).equals(Optional.of(companies.originId(contact))));
  }

  private static CommandRun run(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--config";
    all[words.length + 1] = site.configuration().toString();
    return CommandRun.of(all);
  }

  private static long staged(String contact) {
    for (JsonNode row : site.procore().get("vendors/staged?companyId=" + site.seed().companyId())) {
      if (row.path("origin_id").asText().equals(companies.originId(contact))) {
        return row.path("id").longValue();
      }
    }
    throw new AssertionError("not staged: " + contact);
  }

  private static String status(String contact) {
    return site
        .deployment()
        .rooms()
        .of(Site.HARBOUR)
        .client()
        .stagedRecords()
        .list("vendor")
        .stream()
        .filter(one -> one.originId().equals(companies.originId(contact)))
        .map(StagedRecords.Staged::status)
        .findFirst()
        .orElse("absent");
  }

  private static void post(String action, Object... fields) {
    ObjectNode body = Json.object();
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i + 1] instanceof Long id) {
        body.put((String) fields[i], id);
      } else {
        body.put((String) fields[i], (String) fields[i + 1]);
      }
    }
    site.procore().post("vendors/" + action, body);
  }

  @Test
  @DisplayName(
      "GEN-API-18 GEN-API-19 GEN-API-22: a staged supplier is imported, linked from then on, and"
          + " staged again when it is unlinked")
  void imported() {
    String contact = companies.enter("Ossian Fencing Ltd", "supplier", "true", "phone", "555-0142");
    assertThat(companies.refresh()).startsWith("success").contains("ready to import");
    assertThat(status(contact)).isEqualTo("staged");
    long vendor =
        site.procore()
            .post("vendors/import", Json.object().put("stagedId", staged(contact)))
            .path("vendorId")
            .longValue();
    awaitLink(vendor, contact);
    assertThat(status(contact)).isEqualTo("imported");

    long invoice = companies.invoice(vendor, "OF-1");
    site.export(invoice);
    assertThat(site.books().bill(invoice).path("contactId").asText()).isEqualTo(contact);

    post("unlink", "vendorId", vendor);
    Site.until("the link is forgotten", () -> link(vendor).isEmpty());
    assertThat(status(contact)).isEqualTo("staged");
  }

  @Test
  @DisplayName("XR-COY-01: what the approver links in Procore after a refusal goes on by itself")
  void linkedInProcore() {
    String contact = companies.enter("Quarry Stone Supply");
    long vendor = companies.create("Quarry Stone Supply Inc");
    companies.export(vendor);
    companies.awaitStatus("failed_to_export", vendor);
    post("link", "vendorId", vendor, "originId", companies.originId(contact));
    awaitLink(vendor, contact);
    companies.awaitState(ItemState.ACKNOWLEDGED, vendor);
    assertThat(companies.contacts("Quarry Stone Supply Inc")).isEmpty();
    assertThat(
            site.count(
                "select count(*) from dead_letter where state = 'open' and key like '%"
                    + vendor
                    + "%'"))
        .isZero();
  }

  @Test
  @DisplayName("GEN-API-38: link_all_vendors is learned, ids written as texts")
  void linkedAll() {
    String contact = companies.enter("Palisade Gates", "supplier", "true");
    companies.refresh();
    long vendor = companies.create("Palisade Gates");
    post("link-all", "companyId", site.seed().companyId());
    awaitLink(vendor, contact);
  }

  @Test
  @DisplayName(
      "GEN-UNL-05: an unlinked company that is exported again finds the contact that was created"
          + " for it; none comes into being twice")
  void exportedAgain() {
    long vendor = companies.create("Juniper Waterproofing");
    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    CommandRun unlinked = run("companies", "unlink", Long.toString(vendor));
    assertThat(unlinked.code()).as("%s", unlinked).isZero();
    assertThat(unlinked.out()).contains("linked no longer", "stays in Xero, active");
    assertThat(companies.status(vendor).path("originId").isNull()).isTrue();
    companies.awaitState(ItemState.UNLINKED, vendor);

    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    assertThat(companies.contacts("Juniper Waterproofing")).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-37: a company that is merged into another in Procore hands over its link and what"
          + " waits for it")
  void mergedInProcore() {
    long gone = companies.create("Larkspur Masonry");
    companies.export(gone);
    companies.awaitStatus("synced", gone);
    String contact = companies.contact("Larkspur Masonry").path("ContactID").asText();
    long master = companies.create("Larkspur Masonry Group");
    long waits = companies.invoice(master, "LM-1");
    site.send(waits);
    site.accept(waits);
    site.awaitState(ItemState.WAITING, waits);

    ObjectNode merge = Json.object().put("masterId", master);
    merge.putArray("sourceIds").add(gone);
    site.procore().post("vendors/merge", merge);
    awaitLink(master, contact);
    site.awaitState(ItemState.ACKNOWLEDGED, waits);
    assertThat(link(gone)).isEmpty();
    assertThat(companies.status(master).path("originId").asText())
        .isEqualTo(companies.originId(contact));
    assertThat(site.books().bill(waits).path("contactId").asText()).isEqualTo(contact);

    merge.withArray("sourceIds").removeAll();
    site.procore().post("vendors/merge", merge);
    Site.until(
        "a merging without sources is passed over",
        () ->
            site.count(
                    "select count(*) from erp_request where name = 'merge_vendors' and state in"
                        + " ('received', 'reading')")
                == 0);
  }

  @Test
  @DisplayName(
      "XR-COY-02 XR-COY-03 GEN-COY-03: a refresh follows contacts that were merged, tells of"
          + " archived ones, and changes names by setting, addresses never")
  void refreshed() {
    long vendor = companies.create("Foxglove Painting", "city", "Salem");
    companies.export(vendor);
    companies.awaitStatus("synced", vendor);
    String old = companies.contact("Foxglove Painting").path("ContactID").asText();
    String into = companies.enter("Foxglove Coatings");
    companies.person("merge", old, "into", into);
    long other = companies.create("Tansy Tiling", "city", "Bend");
    companies.export(other);
    companies.awaitStatus("synced", other);
    String tiling = companies.contact("Tansy Tiling").path("ContactID").asText();
    companies.person("rename", tiling, "name", "Tansy Tile and Stone");
    companies.person("address", tiling, "city", "Elsewhere");

    String told = companies.refresh();
    assertThat(told).contains("1 link follows a supplier that was merged", "renamed.");
    awaitLink(vendor, into);
    assertThat(companies.status(vendor).path("originId").asText())
        .isEqualTo(companies.originId(into));
    JsonNode shown = card(other);
    assertThat(shown.path("name").asText()).isEqualTo("Tansy Tile and Stone");
    assertThat(shown.path("city").asText()).isEqualTo("Bend");

    companies.person("archive", tiling);
    assertThat(companies.refresh()).contains("Archived in Xero although linked", "Tansy Tile");
    long invoice = companies.invoice(other, "TT-1");
    site.send(invoice);
    site.accept(invoice);
    site.awaitState(ItemState.FAILED, invoice);
    Site.until("the refusal is told", () -> site.books().erpStatus(invoice).startsWith("failed"));
    assertThat(site.books().details(invoice).get(0).path("messages").toString())
        .contains("archived contact", "Restore it there", "XR-COY-02");
  }

  private static JsonNode card(long vendor) {
    return site.deployment().rooms().of(Site.HARBOUR).client().directory().vendor(vendor);
  }

  @Test
  @DisplayName(
      "XR-COY-01 XR-COY-02: suggestions with scores and reasons; linking by hand refuses what must"
          + " not be linked")
  void suggested() throws Exception {
    String steel = companies.enter("Verdigris Copper Works", "email", "ap@verdigris.example");
    String archived = companies.enter("Oldtimer Hauling", "status", "ARCHIVED");
    long vendor =
        companies.create("Verdigris Coppr Work Ltd", "email_address", "ap@verdigris.example");
    CommandRun shown = run("companies", "suggest", "--json", "--at-least", "50");
    JsonNode found = null;
    for (JsonNode one : Json.read(shown.out()).path("suggestions")) {
      found = one.path("company").longValue() == vendor ? one : found;
    }
    assertThat(found).as("%s", shown).isNotNull();
    assertThat(found.path("supplier").asText()).isEqualTo(steel);
    assertThat(found.path("score").intValue()).isBetween(80, 99);
    assertThat(found.path("reasons").toString()).contains("same e-mail address");

    assertThat(run("companies", "link", Long.toString(vendor), archived).err())
        .contains("archived", "XR-COY-02");
    String taken = companies.contact("Bayview Drywall LLC").path("ContactID").asText();
    assertThat(run("companies", "link", "1", taken).err()).contains("no company 1");
    CommandRun look = run("companies", "link-all", "--at-least", "80");
    assertThat(look.out()).contains("would be linked", "--yes");
    assertThat(link(vendor)).isEmpty();
    CommandRun linked = run("companies", "link-all", "--at-least", "80", "--yes");
    assertThat(linked.code()).as("%s", linked).isZero();
    assertThat(link(vendor)).contains(companies.originId(steel));
    assertThat(run("companies", "link", Long.toString(vendor), steel).err())
        .contains("linked to", "already", "unlink");
    assertThat(
            site.count(
                "select count(*) from company_match where state = 'linked' and vendor_id = "
                    + vendor))
        .isEqualTo(1);
  }

  @Test
  @DisplayName(
      "GEN-ICON-07: unlinking on the page says Successfully Unlinked in GREEN, or why not in RED")
  void unlinkedOnThePage() {
    String contact = companies.enter("Larkspur Glazing", "supplier", "true");
    companies.refresh();
    long vendor = companies.create("Larkspur Glazing");
    CommandRun linked = run("companies", "link", Long.toString(vendor), contact);
    assertThat(linked.code()).as("%s", linked).isZero();
    Caller owner = owner();
    assertThat(owner.get("/console/links?show=vendor").body()).contains("Larkspur Glazing");
    String[] form = {
      "of", Site.HARBOUR.value(), "company", Long.toString(vendor), "confirmed", "yes"
    };
    assertThat(owner.post("/console/profile", "/console/links/unlink", form).statusCode())
        .isEqualTo(303);
    assertThat(owner.get("/console/links?show=vendor").body())
        .contains("class=\"notice good\"")
        .contains("Successfully Unlinked. Larkspur Glazing stays");
    assertThat(link(vendor)).isEmpty();
    owner.post("/console/profile", "/console/links/unlink", form);
    assertThat(owner.get("/console/links?show=vendor").body())
        .contains("class=\"notice bad\"")
        .contains("is not linked");
  }

  private static Caller owner() {
    long id =
        site.ledger()
            .users()
            .create(
                new User.Draft("owner@example.com", "Robin Owner", "owner", "en", null), "test");
    String token = Tokens.fresh();
    site.ledger().sessions().open(Tokens.hash(token), id, Tokens.fresh(), Duration.ofHours(1));
    URI webhook = site.webhook(Site.HARBOUR);
    Caller caller = new Caller("http://" + webhook.getAuthority());
    caller.cookies().put("tieback", token);
    return caller;
  }
}
