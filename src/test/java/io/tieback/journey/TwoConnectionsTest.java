package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.PaymentRow;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three connections in one process: <em>north</em> and <em>south</em> are two Xero organisations on
 * one Procore company, whose projects belong to one or the other; <em>west</em> is another Procore
 * company with its own organisation. All have invoices with the same numbers and amounts, so that
 * only the connection tells them apart.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoConnectionsTest {

  private static final ConnectionId NORTH = new ConnectionId("north");
  private static final ConnectionId SOUTH = new ConnectionId("south");
  private static final ConnectionId WEST = new ConnectionId("west");
  private static final long SHARED = 5001;

  @TempDir static Path folder;

  private static Site site;
  private static ContractorSeed north;
  private static ContractorSeed south;
  private static ContractorSeed west;

  @BeforeAll
  static void start() {
    north = SmallContractor.seed(NORTH, SHARED, Site.REDIRECT);
    south = SmallContractor.seed(SOUTH, 5002, Site.REDIRECT);
    movedTo(SHARED, south.procore());
    west = SmallContractor.seed(WEST, 5003, Site.REDIRECT);
    site =
        Site.in(folder)
            .with(north)
            .with(south)
            .with(west)
            .set(SOUTH, "procore.company-id", Long.toString(SHARED))
            .start();
    Stream.of(north, south, west)
        .forEach(
            seed -> {
              Long[] ids = seed.requisitionIds().toArray(Long[]::new);
              site.send(ids);
            });
    // Two invoices of different connections in one event, and the others each in an event of its
    // own.
    site.acceptTogether(north.requisitionIds().get(0), south.requisitionIds().get(0));
    site.accept(west.requisitionIds().get(0));
    Stream.of(north, south, west)
        .forEach(seed -> site.accept(seed.requisitionIds().subList(1, 10).toArray(Long[]::new)));
    Stream.of(north, south, west)
        .forEach(
            seed ->
                site.awaitState(
                    seed.connection(),
                    ItemState.ACKNOWLEDGED,
                    seed.requisitionIds().toArray(Long[]::new)));
  }

  /**
   * A contractor that was made for a company of its own goes into another one; its records keep
   * their ids.
   */
  private static void movedTo(long company, ObjectNode seed) {
    seed.remove("companies");
    seed.findParents("companyId")
        .forEach(record -> ((ObjectNode) record).put("companyId", company));
    ArrayNode allowed = ((ObjectNode) seed.path("apps").get(0)).putArray("companyIds");
    allowed.add(company);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  private static Books books(ContractorSeed seed) {
    return new Books(site.procore(), site.xero(), seed, seed == south ? SHARED : seed.companyId());
  }

  @Test
  @Order(1)
  @DisplayName(
      "XR-CFG-01: several organisations for one Procore company: each invoice is one bill in its"
          + " own organisation and in no other")
  void ownOrganisation() {
    for (ContractorSeed seed : List.of(north, south, west)) {
      JsonNode bills = books(seed).xero().path("bills");
      assertThat(bills).hasSize(10);
      for (JsonNode bill : bills) {
        assertThat(bill.path("url").asText())
            .contains("?tieback=" + seed.connection() + ".requisition.");
      }
      seed.requisitionIds().forEach(id -> assertThat(books(seed).bills(id)).hasSize(1));
      assertThat(Books.sum(bills, "total")).isEqualByComparingTo("236073.24");
    }
  }

  @Test
  @Order(1)
  @DisplayName("Origin ids carry the connection, for headers and lines")
  void originIds() {
    for (ContractorSeed seed : List.of(north, south, west)) {
      for (long id : seed.requisitionIds()) {
        JsonNode shown = books(seed).requisition(id);
        assertThat(shown.path("originId").asText())
            .startsWith("xero:" + seed.connection() + ":bill:");
        shown
            .path("lines")
            .forEach(
                line ->
                    assertThat(line.path("originId").asText())
                        .startsWith("xero:" + seed.connection() + ":bill_line:"));
      }
    }
  }

  @Test
  @Order(1)
  @DisplayName(
      "An event that is the other connection's is left to it: no detail was ever answered as"
          + " failed")
  void leftToTheOther() {
    for (ContractorSeed seed : List.of(north, west)) {
      JsonNode details = books(seed).procore().path("details");
      assertThat(details).isNotEmpty();
      for (JsonNode detail : details) {
        assertThat(detail.path("status").asText()).isEqualTo("success");
        detail
            .path("history")
            .forEach(step -> assertThat(step.path("status").asText()).isNotEqualTo("failed"));
      }
    }
    assertThat(site.ledger().workItems().all(NORTH, 0, 100)).hasSize(10);
    assertThat(site.ledger().workItems().all(SOUTH, 0, 100)).hasSize(10);
  }

  @Test
  @Order(2)
  @DisplayName(
      "Payments of one organisation come back through its own connection; reading one moves no"
          + " cursor of another")
  void payments() {
    pay(north, "CHK 11", "36000.00");
    pay(south, "CHK 22", "35000.00");
    pay(west, "CHK 33", "34000.00");
    String southCursor = cursor(SOUTH);
    String westCursor = cursor(WEST);
    site.syncPayments(NORTH);
    assertThat(paid(north)).containsExactly("CHK 11 36000.00");
    assertThat(paid(south)).isEmpty();
    assertThat(paid(west)).isEmpty();
    assertThat(cursor(SOUTH)).isEqualTo(southCursor);
    assertThat(cursor(WEST)).isEqualTo(westCursor);
    site.syncPayments(SOUTH);
    site.syncPayments(WEST);
    assertThat(paid(north)).containsExactly("CHK 11 36000.00");
    assertThat(paid(south)).containsExactly("CHK 22 35000.00");
    assertThat(paid(west)).containsExactly("CHK 33 34000.00");
    for (ContractorSeed seed : List.of(north, south, west)) {
      assertThat(site.ledger().payments().list(seed.connection(), List.of(), 0, 10))
          .singleElement()
          .extracting(PaymentRow::originId)
          .asString()
          .startsWith("xero:" + seed.connection() + ":payment:");
    }
  }

  @Test
  @Order(3)
  @DisplayName(
      "TB-TIE-01: each connection ties out by itself, and on a shared Procore company only its own"
          + " projects")
  void tieOut() {
    for (ContractorSeed seed : List.of(north, south, west)) {
      CommandRun run =
          CommandRun.of(
              "reconcile",
              "--config",
              site.configuration().toString(),
              "--connection",
              seed.connection().value());
      assertThat(run.code()).as(run.out() + run.err()).isZero();
      assertThat(run.out())
          .containsPattern("All projects\n.*\n.*\n.*\n +billed +251,909.22 +251,909.22 +0.00\n");
      assertThat(run.out().contains("Left out, because they are not joined"))
          .isEqualTo(seed != west);
    }
  }

  private static void pay(ContractorSeed seed, String reference, String amount) {
    Books of = books(seed);
    of.pay(
        of.bill(seed.requisitionIds().get(0)).path("invoiceId").asText(),
        "090",
        "2026-11-20",
        reference,
        amount);
  }

  private static List<String> paid(ContractorSeed seed) {
    return books(seed).contractPayments(seed.requisitionIds().get(0)).stream()
        .map(
            row ->
                row.path("check_number").asText()
                    + " "
                    + new BigDecimal(row.path("amount").asText()).setScale(2))
        .toList();
  }

  private static String cursor(ConnectionId connection) {
    return Json.read(site.ledger().cursors().get(connection, "bill-payments").orElseThrow())
        .toString();
  }
}
