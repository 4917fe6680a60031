package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * Which lines that are no direct cost in Procore are wanted (GEN-JC-08). Everything that is null or
 * empty narrows nothing.
 *
 * @param connection of this connection
 * @param outcomes UNSYNCED, EXPORTED, RETAINAGE, EARLIER or OVERHEAD
 * @param kind of documents of this kind: bill, spend or credit
 * @param rule refused by this rule, such as {@code XR-JC-05}
 * @param waits whether it may come without a change in the ERP
 * @param project of the project of this name in the ERP
 * @param least amount from here on
 * @param most amount up to here
 * @param from dated this day or later
 * @param through dated this day or earlier
 * @param text words of number, supplier, project, item, account, description, rule or the
 *     document's key; the beginning of a word finds it
 */
public record CostLeftFilter(
    ConnectionId connection,
    List<String> outcomes,
    String kind,
    String rule,
    Boolean waits,
    String project,
    Money least,
    Money most,
    LocalDate from,
    LocalDate through,
    String text) {

  public CostLeftFilter {
    outcomes = List.copyOf(outcomes);
  }

  /** Lines that look like job costs and did not come, of all projects. */
  public static CostLeftFilter unsynced() {
    return new CostLeftFilter(
        null, List.of("UNSYNCED"), null, null, null, null, null, null, null, null, null);
  }

  /** The same, of one connection. */
  public CostLeftFilter of(ConnectionId wanted) {
    return new CostLeftFilter(
        wanted, outcomes, kind, rule, waits, project, least, most, from, through, text);
  }

  /** The same, with these words. */
  public CostLeftFilter withText(String words) {
    return new CostLeftFilter(
        connection, outcomes, kind, rule, waits, project, least, most, from, through, words);
  }

  Where where(Db db) {
    return new Where()
        .and("t.connection = :connection", "connection", connection)
        .and("t.outcome = any(:outcomes::text[])", "outcomes", outcomes)
        .and("t.kind = :kind", "kind", kind)
        .and(":rule = any(string_to_array(t.rules, ' '))", "rule", rule)
        .and("t.waits = :waits", "waits", waits)
        .and("t.project = :projectName", "projectName", project)
        .and("t.amount >= :least", "least", least)
        .and("t.amount <= :most", "most", most)
        .and("t.dated >= cast(:from as date)", "from", from)
        .and("t.dated <= cast(:through as date)", "through", through)
        .words(db, "t.search @@ to_tsquery('simple', :words)", text);
  }
}
