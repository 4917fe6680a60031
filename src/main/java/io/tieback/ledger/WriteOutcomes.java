package io.tieback.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What became of a batch (design section 5). Each call is durable before it returns; saying a thing
 * twice is harmless. Documents are told apart by marker, never by position. A late <em>known</em>
 * wins over everything that was believed before; nothing takes a known document back.
 */
public final class WriteOutcomes {

  /** Separates the elements of a list within one text; occurs in no ERP's key and no message. */
  private static final String UNIT = "\u001f";

  private final Db db;
  private final BatchDissolution dissolution;
  private final ItemFailures failures;
  private final Verdicts verdicts;

  WriteOutcomes(Db db, BatchDissolution dissolution, ItemFailures failures, Verdicts verdicts) {
    this.db = db;
    this.dissolution = dissolution;
    this.failures = failures;
    this.verdicts = verdicts;
  }

  /**
   * The documents are in the ERP.
   *
   * @return markers of records that were known already under <em>another</em> key: the ERP holds
   *     them twice. The first key stays; the second is in the journal and in the record's warnings.
   *     Somebody has to be told
   * @throws IllegalArgumentException when the batch holds no such marker
   */
  public Set<String> known(UUID batch, List<Written> documents) {
    if (documents.isEmpty()) {
      return Set.of();
    }
    return db.inTransaction(
        () -> {
          dissolution.lock(batch);
          requireMarkers(batch, documents.stream().map(Written::marker).toList());
          db.sql("select connection from write_batch where id = :batch")
              .with("batch", batch)
              .first((rs, n) -> rs.getString(1))
              .ifPresent(connection -> db.holdShared(PaymentJournal.lockName(connection)));
          Set<String> duplicates = duplicates(batch, documents);
          List<Long> known = recordKnown(batch, documents);
          closeLetters(known);
          matchPayments(known);
          dissolution.closeIfFinished(batch);
          return duplicates;
        });
  }

  private static Sql withDocuments(Sql sql, UUID batch, List<Written> documents) {
    return sql.with("batch", batch)
        .with("markers", documents.stream().map(Written::marker).toList())
        .with("erpIds", documents.stream().map(Written::erpId).toList())
        .with("numbers", documents.stream().map(Written::number).toList())
        .with("lineIds", documents.stream().map(d -> String.join(UNIT, d.lineIds())).toList())
        .with(
            "totals",
            documents.stream().map(d -> d.total() == null ? null : d.total().amount()).toList())
        .with("warnings", documents.stream().map(d -> String.join(UNIT, d.warnings())).toList())
        .with("unit", UNIT);
  }

  private Set<String> duplicates(UUID batch, List<Written> documents) {
    List<String> found =
        withDocuments(
                db.sql(
                    """
                    update work_item w set warnings = w.warnings || (
                        'DUPLICATE: the ERP also holds ' || g.erp_id || ' for this record; void one of them'),
                      changed_at = :now, changed_by = :node, changed_why = 'found twice in the ERP'
                    from write_document d, unnest(:markers::text[], :erpIds::text[]) as g (marker, erp_id)
                    where d.batch_id = :batch and d.marker = g.marker and w.id = d.work_item_id and w.erp_id is not null and w.erp_id <> g.erp_id
                      and d.erp_id is distinct from g.erp_id
                    returning d.marker
                    """),
                batch,
                documents)
            .list((rs, n) -> rs.getString(1));
    return Set.copyOf(found);
  }

  private List<Long> recordKnown(UUID batch, List<Written> documents) {
    return withDocuments(
            db.sql(
                """
                with given as (
                  select * from unnest(:markers::text[], :erpIds::text[], :numbers::text[], :lineIds::text[], :totals::text[]::numeric[],
                    :warnings::text[]) as g (marker, erp_id, number, line_ids, total, warnings)),
                journalled as (
                  update write_document d set outcome = 'known', erp_id = g.erp_id, outcome_at = :now
                  from given g where d.batch_id = :batch and d.marker = g.marker
                  returning d.work_item_id, d.round, d.marker)
                update work_item w set state = 'known', erp_id = g.erp_id, erp_number = g.number,
                  erp_line_ids = string_to_array(g.line_ids, :unit), erp_total = g.total,
                  warnings = w.warnings || string_to_array(g.warnings, :unit) || case when j.round = w.round then '{}' else
                    array['DIFFERENCE: the ERP holds what was sent in round ' || j.round || '; the record was sent again with other content since'] end,
                  batch_id = :batch, group_id = null, batch_limit = null, lease_owner = null, attempts = 0, waits_for = '{}',
                  failure_kind = null, failure_message = null, remedy = null, known_at = :now, due_at = :now, origins_written_at = null,
                  changed_at = :now, changed_by = :node, changed_why = 'in the ERP as ' || g.erp_id
                from journalled j join given g on g.marker = j.marker
                where w.id = j.work_item_id and w.erp_id is null
                returning w.id
                """),
            batch,
            documents)
        .ids();
  }

  /**
   * The record did arrive: whoever was asked to act need not, and what its details were to be told
   * no longer holds.
   */
  private void closeLetters(List<Long> known) {
    if (known.isEmpty()) {
      return;
    }
    List<Long> thoughtFailed =
        db.sql(
                """
                update dead_letter set state = 'superseded', closed_at = :now, closed_by = :node, reason = 'the ERP has the document after all'
                where subject_kind = 'work_item' and subject_id = any(:items::bigint[]) and state = 'open' returning subject_id
                """)
            .with("items", known)
            .ids();
    if (!thoughtFailed.isEmpty()) {
      verdicts.reopened(thoughtFailed);
    }
  }

  private void matchPayments(List<Long> known) {
    if (!known.isEmpty()) {
      db.sql(PaymentJournal.match("w.id = any(:items::bigint[])")).with("items", known).update();
    }
  }

  /**
   * The ERP refused these documents; the record fails and gets a dead letter. Ignored for a
   * document that is known, or that is in a newer batch already.
   *
   * @param messages the ERP's own words
   * @param remedy what a person can do
   * @return whether it fails by this, so that somebody has to be told
   * @throws IllegalArgumentException when the batch holds no such marker
   */
  public boolean refused(
      UUID batch, String marker, List<String> messages, String flow, String remedy) {
    return !fail(
            batch, List.of(marker), "refused", flow, "REFUSED", String.join("; ", messages), remedy)
        .isEmpty();
  }

  /**
   * This document was looked for: it is not in the ERP under its marker, but one that is like it
   * is. The record fails and gets a dead letter. However it comes on its way again (replayed, or
   * sent again by Procore), it is looked for before it is written. Says nothing yet when the
   * look-up began before the settle time was over, or when the batch is not being looked for.
   *
   * @param message what was found
   * @param remedy what a person can do
   * @return whether it fails by this, so that somebody has to be told
   * @throws IllegalArgumentException when the batch holds no such marker
   */
  public boolean doubtful(UUID batch, String marker, String flow, String message, String remedy) {
    return db.inTransaction(
        () -> {
          if (!dissolution.lock(batch).equals("unknown") || !dissolution.absenceCounts(batch)) {
            return false;
          }
          db.sql(
                  """
                  update work_item w set look_since = least(w.look_since, b.first_sent_at)
                  from write_document d join write_batch b on b.id = d.batch_id
                  where d.batch_id = :batch and d.marker = :marker and d.outcome is null and w.id = d.work_item_id and w.batch_id = :batch
                  """)
              .with("batch", batch)
              .with("marker", marker)
              .update();
          return !fail(batch, List.of(marker), "doubtful", flow, "UNKNOWN", message, remedy)
              .isEmpty();
        });
  }

  /**
   * All documents of the batch that have no outcome fail, for instance the one that is left alone
   * after halving. To be called only when it is certain that the ERP does not have them.
   *
   * @return markers of those that fail by this, so that somebody has to be told
   */
  public List<String> failRest(
      UUID batch, String flow, String failureKind, String message, String remedy) {
    List<String> markers =
        db.sql(
                "select marker from write_document where batch_id = :batch and (outcome is null or"
                    + " outcome = 'absent') order by position")
            .with("batch", batch)
            .list((rs, n) -> rs.getString(1));
    return markers.isEmpty()
        ? List.of()
        : fail(batch, markers, "refused", flow, failureKind, message, remedy);
  }

  private record Failing(long item, String marker) {}

  private List<String> fail(
      UUID batch,
      List<String> markers,
      String outcome,
      String flow,
      String kind,
      String message,
      String remedy) {
    return db.inTransaction(
        () -> {
          dissolution.lock(batch);
          requireMarkers(batch, markers);
          List<Failing> failing =
              db.sql(
                      """
                      update write_document d set outcome = :outcome, messages = array[:message], outcome_at = :now
                      from work_item w
                      where d.batch_id = :batch and d.marker = any(:markers::text[]) and (d.outcome is null or d.outcome = 'absent')
                        and w.id = d.work_item_id and w.batch_id = :batch
                      returning d.work_item_id, d.marker
                      """)
                  .with("batch", batch)
                  .with("markers", markers)
                  .with("outcome", outcome)
                  .with("message", message)
                  .list((rs, n) -> new Failing(rs.getLong("work_item_id"), rs.getString("marker")));
          if (!failing.isEmpty()) {
            failures.fail(
                failing.stream().map(Failing::item).toList(),
                0,
                flow,
                kind,
                message,
                remedy,
                List.of("planned", "sent", "unknown"));
          }
          dissolution.closeIfFinished(batch);
          return failing.stream().map(Failing::marker).toList();
        });
  }

  /**
   * Nothing of the batch was written, and that is certain: throttled, not signed in, never left. It
   * stays as it is and is due again at the given time. If a document of it is known nevertheless,
   * the report contradicts itself, and the rest is looked for instead.
   *
   * <p>Counts only from the node that holds the batch, about the very sending that it speaks of:
   * somebody who stood still for longer than the lease must not call back what another has sent
   * since.
   *
   * @param sends how often the bytes had left when the reporter sent them, that time included
   */
  public void notWritten(UUID batch, int sends, String failureKind, String message, Instant dueAt) {
    db.inTransaction(
        () -> {
          String state = dissolution.lock(batch);
          boolean spokenOf =
              db.sql(
                      "select 1 from write_batch where id = :batch and lease_owner = :node and"
                          + " sends = :sends")
                  .with("batch", batch)
                  .with("sends", sends)
                  .first((rs, n) -> true)
                  .orElse(false);
          if (!spokenOf || (!state.equals("sent") && !state.equals("planned"))) {
            return;
          }
          boolean partlyWritten =
              db.sql(
                          "select count(*) from write_document where batch_id = :batch and outcome"
                              + " is not null")
                      .with("batch", batch)
                      .number()
                  > 0;
          if (partlyWritten) {
            becomesUnknown(batch, 0, failureKind, message, dueAt);
            return;
          }
          db.sql(
                  """
                  update write_batch set state = 'planned', lease_owner = null, due_at = :due, attempts = attempts + 1,
                    first_sent_at = case when state = 'sent' and sends <= 1 then null else first_sent_at end,
                    sends = case when state = 'sent' then greatest(sends - 1, 0) else sends end,
                    last_kind = :kind, last_message = :message
                  where id = :batch
                  """)
              .with("batch", batch)
              .with("due", dueAt)
              .with("kind", failureKind)
              .with("message", message)
              .update();
          dissolution.itemsBecome(batch, "planned", message);
        });
  }

  /**
   * Nobody knows what became of the documents that have no outcome yet: they are <em>unknown</em>
   * and will be looked for. Said again while they are being looked for, it means that the looking
   * failed, and only moves the next look.
   *
   * @param status HTTP status of the answer, 0 when none came
   * @param settleUntil until when absence proves nothing, because the ERP may still commit; the
   *     look-up is due then
   */
  public void undetermined(
      UUID batch, int status, String failureKind, String message, Instant settleUntil) {
    db.inTransaction(
        () -> {
          String state = dissolution.lock(batch);
          if (state.equals("closed")) {
            return;
          }
          if (state.equals("unknown")) {
            db.sql(
                    """
                    update write_batch set due_at = greatest(:due, coalesce(settle_until, :due)), lease_owner = null, attempts = attempts + 1,
                      last_message = :message where id = :batch
                    """)
                .with("batch", batch)
                .with("due", settleUntil)
                .with("message", message)
                .update();
            return;
          }
          becomesUnknown(batch, status, failureKind, message, settleUntil);
        });
  }

  private void becomesUnknown(
      UUID batch, int status, String kind, String message, Instant settleUntil) {
    db.sql(
            """
            update write_batch set state = 'unknown', lease_owner = null, due_at = :until, settle_until = :until, attempts = attempts + 1,
              first_sent_at = coalesce(first_sent_at, planned_at), last_status = :status, last_kind = :kind, last_message = :message
            where id = :batch
            """)
        .with("batch", batch)
        .with("until", settleUntil)
        .with("status", status)
        .with("kind", kind)
        .with("message", message)
        .update();
    dissolution.itemsBecome(batch, "unknown", message);
    dissolution.closeIfFinished(batch);
  }

  private void requireMarkers(UUID batch, Collection<String> markers) {
    List<String> strangers =
        db.sql(
                """
                select m from unnest(:markers::text[]) as m
                where not exists (select 1 from write_document where batch_id = :batch and marker = m)
                """)
            .with("batch", batch)
            .with("markers", markers.stream().filter(Objects::nonNull).toList())
            .list((rs, n) -> rs.getString(1));
    if (!strangers.isEmpty()) {
      throw new IllegalArgumentException(
          "batch " + batch + " holds no document with marker " + strangers);
    }
  }
}
