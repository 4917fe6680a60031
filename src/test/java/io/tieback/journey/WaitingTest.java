package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ExternalDataRow;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an invoice depends on is not in Xero yet: it waits, says for what, and goes by itself. */
class WaitingTest {

  @TempDir static Path folder;

  private static Site site;
  private static Books books;

  @BeforeAll
  static void start() {
    site = Site.small(folder).start();
    books = site.books();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  /**
   * What is missing, Procore's kind of record, its name in the seed, an invoice that needs it, and
   * the words that tell a person so.
   */
  static Stream<Arguments> missing() {
    return Stream.of(
        Arguments.of(
            "vendor", "vendor", "vendors", "Ironline Steel Inc", "IL-88", "Ironline Steel Inc"),
        Arguments.of(
            "commitment",
            "work_order_contract",
            "commitments",
            "Formwork and concrete",
            "PC-1001",
            "SC-0007"),
        Arguments.of("cost code", "cost_code", "costCodes", "Electrical", "V-2201", "26-050"),
        Arguments.of(
            "project", "project", "projects", "Lakeside School", "BD-5533", "Lakeside School"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("missing")
  @DisplayName(
      "GEN-COM, XR-INV-01: an invoice waits for what is not in Xero yet, says for what, and goes by"
          + " itself when Procore has the link")
  void waits(String what, String itemType, String kind, String name, String number, String words) {
    JsonNode record = record(kind, name, number);
    long id = record.path("id").longValue();
    long invoice = invoice(number);
    site.send(invoice);
    link(ExternalDataRow.cleared(itemType, id));
    site.accept(invoice);
    site.awaitState(ItemState.WAITING, invoice);
    WorkItem waiting = site.item(invoice);
    assertThat(waiting.waitsFor()).anySatisfy(key -> assertThat(key).contains(Long.toString(id)));
    assertThat(waiting.failureMessage()).contains(words);
    assertThat(books.bills(invoice)).isEmpty();
    assertThat(books.details(invoice))
        .singleElement()
        .satisfies(detail -> assertThat(detail.path("status").asText()).isEqualTo("in_progress"));

    link(new ExternalDataRow(itemType, id, record.path("originId").asText(), null, null));
    site.awaitState(ItemState.ACKNOWLEDGED, invoice);
    assertThat(books.bills(invoice)).hasSize(1);
    assertThat(books.erpStatus(invoice)).isEqualTo("synced");
  }

  private static void link(ExternalDataRow row) {
    var outcome =
        site.deployment().rooms().of(Site.HARBOUR).client().syncExternalData(List.of(row)).get(0);
    assertThat(outcome.accepted()).as("%s", outcome).isTrue();
  }

  /** A record of the seed; a cost code is the one of the invoice's project. */
  private static JsonNode record(String kind, String name, String number) {
    JsonNode seed = site.seed().procore();
    if (kind.equals("costCodes")) {
      long project = books.requisition(invoice(number)).path("projectId").longValue();
      return named(
          named(seed.path("projects"), "id", Long.toString(project)).path("costCodes"),
          "name",
          name);
    }
    return named(seed.path(kind), kind.equals("commitments") ? "title" : "name", name);
  }

  private static JsonNode named(JsonNode list, String field, String value) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(r -> r.path(field).asText().equals(value))
        .findFirst()
        .orElseThrow();
  }

  private static long invoice(String number) {
    return named(site.seed().procore().path("requisitions"), "invoiceNumber", number)
        .path("id")
        .longValue();
  }
}
