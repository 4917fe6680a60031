package io.tieback.ledger;

import java.util.Collection;
import java.util.List;

/**
 * Plans the steps that bring direct costs in Procore in line with what the ERP has. Runs in the
 * transaction of its caller.
 */
final class JobCostPlans {

  /** Its creation left, and nobody knows whether it arrived. */
  private static final String SENT =
      "exists (select 1 from job_cost_step s where s.job_cost_id = c.id and s.kind = 'HEADER' and"
          + " s.state <> 'done' and s.sent_at is not null)";

  /** It has, or may have, a line in Procore that is not wanted any more. */
  private static final String DROPS = "not c.sent_lines <@ c.wanted_lines";

  private static final String THERE = "c.direct_cost_id is not null";
  private static final String NOT_THERE = "c.direct_cost_id is null";
  private static final String WANTED = "c.wanted is not null";
  private static final String NOT_WANTED = "c.wanted is null";

  private final Db db;

  JobCostPlans(Db db) {
    this.db = db;
  }

  /** One way in which a direct cost can stand, and what follows from it. Exactly one fits. */
  private record Case(String state, String why, List<String> steps, String condition) {
    static Case of(String state, String why, List<String> steps, String... conditions) {
      return new Case(state, why, steps, String.join(" and ", conditions));
    }
  }

  private static final List<Case> CASES =
      List.of(
          Case.of(
              "known",
              "Procore has it as the ERP does",
              List.of(),
              WANTED,
              THERE,
              "c.written is not distinct from c.wanted",
              "not (" + DROPS + ")"),
          Case.of(
              "removed",
              "gone in the ERP and in Procore",
              List.of(),
              NOT_WANTED,
              NOT_THERE,
              "not " + SENT,
              "c.removed_at is not null"),
          Case.of(
              "cancelled",
              "no cost any more before it was written",
              List.of(),
              NOT_WANTED,
              NOT_THERE,
              "not " + SENT,
              "c.removed_at is null"),
          Case.of(
              "planned",
              "to be written as the ERP has it",
              List.of("HEADER", "LINES"),
              WANTED,
              "("
                  + NOT_THERE
                  + " or (c.written is distinct from c.wanted and not ("
                  + DROPS
                  + ")))"),
          Case.of(
              "planned",
              "to be written with fewer lines",
              List.of("UNLOCK", "DROP_LINES", "HEADER", "LINES"),
              WANTED,
              THERE,
              DROPS),
          Case.of(
              "planned",
              "its creation may have reached Procore",
              List.of("HEADER"),
              NOT_WANTED,
              NOT_THERE,
              SENT),
          Case.of("planned", "no cost any more", List.of("UNLOCK", "REMOVE"), NOT_WANTED, THERE));

  /**
   * Compares what is wanted with what was written, and plans what is missing - or says that all is
   * in line. A failure that lies behind is over: its dead letter is closed.
   *
   * <p>What was never sent and is not wanted any more is given up without a call. A creation that
   * may have reached Procore is made sure of by sending it again under its key.
   */
  void settle(Collection<Long> costs) {
    if (costs.isEmpty()) {
      return;
    }
    db.sql(
            """
            update dead_letter set state = 'superseded', closed_at = :now, closed_by = :node, reason = 'the ERP has it otherwise now'
            where subject_kind = 'job_cost' and subject_id = any(:ids::bigint[]) and state = 'open'
            """)
        .with("ids", costs)
        .update();
    // All cases look at the rows as they were, so that what one of them changes fits no other.
    db.sql(
            """
            with standing as (
              select c.id, case %s end as found from job_cost c where c.id = any(:ids::bigint[])),
            cases as (
              select position - 1 as found, state, why from unnest(:states::text[], :whys::text[]) with ordinality as k (state, why, position)),
            settled as (
              update job_cost c set state = k.state, round = c.round + case when k.state = 'planned' then 1 else 0 end, lease_owner = null, attempts = 0,
                due_at = :now, failure_kind = null, failure_message = null, remedy = null,
                known_at = case when k.state = 'planned' then c.known_at else coalesce(c.known_at, :now) end,
                changed_at = :now, changed_by = :node, changed_why = k.why
              from standing s join cases k on k.found = s.found where c.id = s.id returning c.id, c.round, s.found)
            insert into job_cost_step (job_cost_id, round, position, kind, state)
            select p.id, p.round, s.position, s.kind, 'planned'
            from settled p join unnest(:of::bigint[], :positions::bigint[], :steps::text[]) as s (found, position, kind) on s.found = p.found
            """
                .formatted(whens()))
        .with("ids", costs)
        .with("states", CASES.stream().map(Case::state).toList())
        .with("whys", CASES.stream().map(Case::why).toList())
        .with("of", steps((found, position) -> (long) found))
        .with("positions", steps((found, position) -> position + 1L))
        .with("steps", CASES.stream().flatMap(c -> c.steps().stream()).toList())
        .update();
  }

  private static String whens() {
    StringBuilder text = new StringBuilder();
    for (int found = 0; found < CASES.size(); found++) {
      text.append(" when ").append(CASES.get(found).condition()).append(" then ").append(found);
    }
    return text.toString();
  }

  private interface OfStep {
    Long value(int found, int position);
  }

  private static List<Long> steps(OfStep value) {
    List<Long> values = new java.util.ArrayList<>();
    for (int found = 0; found < CASES.size(); found++) {
      for (int position = 0; position < CASES.get(found).steps().size(); position++) {
        values.add(value.value(found, position));
      }
    }
    return values;
  }
}
