package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * Which direct costs that came back are wanted. Everything that is null or empty narrows nothing.
 *
 * @param connection of this connection
 * @param states planned, known, removed, cancelled or failed
 * @param kind of documents of this kind: bill, spend or credit
 * @param projectId of this project
 * @param code with a line of this code of the ERP
 * @param least amount from here on
 * @param most amount up to here
 * @param from dated this day or later
 * @param through dated this day or earlier
 * @param text words of number, supplier, project, description, the document's key or Procore's id;
 *     the beginning of a word finds it
 */
public record JobCostFilter(
    ConnectionId connection,
    List<String> states,
    String kind,
    Long projectId,
    String code,
    Money least,
    Money most,
    LocalDate from,
    LocalDate through,
    String text) {

  public JobCostFilter {
    states = List.copyOf(states);
  }

  /** Every one. */
  public static JobCostFilter all() {
    return new JobCostFilter(null, List.of(), null, null, null, null, null, null, null, null);
  }

  /** The same, of one connection. */
  public JobCostFilter of(ConnectionId wanted) {
    return new JobCostFilter(
        wanted, states, kind, projectId, code, least, most, from, through, text);
  }

  /** The same, in these states. */
  public JobCostFilter in(String... wanted) {
    return new JobCostFilter(
        connection, List.of(wanted), kind, projectId, code, least, most, from, through, text);
  }

  /** The same, of one project. */
  public JobCostFilter ofProject(Long wanted) {
    return new JobCostFilter(
        connection, states, kind, wanted, code, least, most, from, through, text);
  }

  /** The same, with these words. */
  public JobCostFilter withText(String words) {
    return new JobCostFilter(
        connection, states, kind, projectId, code, least, most, from, through, words);
  }

  Where where(Db db) {
    return new Where()
        .and("t.connection = :connection", "connection", connection)
        .and("t.state = any(:states::text[])", "states", states)
        .and("t.kind = :kind", "kind", kind)
        .and("t.project_id = :project", "project", projectId)
        .and(
            "t.id = any(array(select l.job_cost_id from job_cost_line l where l.code = :code))",
            "code",
            code)
        .and("coalesce(t.wanted_amount, t.written_amount) >= :least", "least", least)
        .and("coalesce(t.wanted_amount, t.written_amount) <= :most", "most", most)
        .and("t.dated >= cast(:from as date)", "from", from)
        .and("t.dated <= cast(:through as date)", "through", through)
        .words(db, "t.search @@ to_tsquery('simple', :words)", text);
  }
}
