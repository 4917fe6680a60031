package io.tieback.ledger;

import io.tieback.construction.BillPayment;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Plans the steps that bring a payment's row in Procore in line with what the ERP has. Runs in the
 * transaction of its caller.
 */
final class PaymentPlans {

  /**
   * A locked payment is amended in these steps: without origin id it can be patched, then the
   * origin id is set again.
   */
  private static final List<String> AMENDMENT = List.of("CLEAR_ORIGIN", "PATCH", "SET_ORIGIN");

  private final Db db;

  PaymentPlans(Db db) {
    this.db = db;
  }

  /**
   * Takes over what the ERP has now.
   *
   * @return whether anything changed
   */
  boolean bringUpToDate(PaymentRow row, BillPayment now) {
    String method = now.method() == null ? null : now.method().name();
    boolean back =
        row.deletedAt() != null
            || row.state().equals("replaced")
            || row.state().equals("cancelled");
    boolean same =
        Objects.equals(row.amount(), now.amount())
            && Objects.equals(row.date(), now.date())
            && Objects.equals(row.method(), method)
            && Objects.equals(row.reference(), now.reference());
    if (same && !back) {
      return false;
    }
    db.sql(
            """
            update payment set amount = :amount, paid_on = :date, method = :method, reference = :reference, erp_updated_at = :updated,
              erp_deleted_at = null, deletion = null, replaced_by = null
            where id = :id
            """)
        .with("id", row.id())
        .with("amount", now.amount())
        .with("date", now.date())
        .with("method", method)
        .with("reference", now.reference())
        .with("updated", now.updatedAt())
        .update();
    if (List.of("known", "flagged", "zeroed", "removed", "replaced", "cancelled")
        .contains(row.state())) {
      settle(row.id());
    }
    return true;
  }

  /**
   * Marks payments that the ERP has no more. They leave the paid totals at once.
   *
   * @return those that stand in Procore and have no step under way: to be {@link #settle settled},
   *     unless a new payment takes their row over
   */
  Set<Long> markDeleted(Collection<Long> payments, DeletionPolicy deletion) {
    if (payments.isEmpty()) {
      return Set.of();
    }
    db.sql(
            "update payment set erp_deleted_at = :now, deletion = :deletion, flag_told_at = null"
                + " where id = any(:ids::bigint[])")
        .with("ids", payments)
        .with("deletion", deletion.name().toLowerCase(Locale.ROOT))
        .update();
    List<Long> neverWritten =
        db.sql(
                """
                update payment set state = 'cancelled', changed_at = :now, changed_by = :node, changed_why = 'gone in the ERP before it was written', lease_owner = null
                where id = any(:ids::bigint[]) and procore_payment_id is null and state in ('unmatched', 'planned', 'failed') returning id
                """)
            .with("ids", payments)
            .ids();
    db.sql(
            """
            update dead_letter set state = 'superseded', closed_at = :now, closed_by = :node, reason = 'the ERP deleted the payment'
            where subject_kind = 'payment' and subject_id = any(:ids::bigint[]) and state = 'open'
            """)
        .with("ids", neverWritten)
        .update();
    return new HashSet<>(
        db.sql("select id from payment where id = any(:ids::bigint[]) and state = 'known'")
            .with("ids", payments)
            .ids());
  }

  /** The row in Procore goes from the deleted payment over to the new one, and is amended. */
  void replace(long old, long fresh) {
    db.sql(
            """
            with given as (select * from payment where id = :old)
            update payment n set work_item_id = g.work_item_id, origin_id = g.origin_id, written_amount = g.written_amount,
              written_through = g.written_through, written_on = g.written_on, written_method = g.written_method, written_reference = g.written_reference
            from given g where n.id = :fresh
            """)
        .with("old", old)
        .with("fresh", fresh)
        .update();
    long procorePayment =
        db.sql("select procore_payment_id from payment where id = :old").with("old", old).number();
    db.sql(
            """
            update payment set state = 'replaced', replaced_by = :fresh, procore_payment_id = null, origin_id = null,
              changed_at = :now, changed_by = :node, changed_why = 'the ERP has a new payment in its place' where id = :old
            """)
        .with("old", old)
        .with("fresh", fresh)
        .update();
    db.sql("update payment set procore_payment_id = :procorePayment where id = :fresh")
        .with("procorePayment", procorePayment)
        .with("fresh", fresh)
        .update();
    plan(fresh, "amending", AMENDMENT, "takes the place of a deleted payment");
  }

  private record Standing(
      boolean matched,
      boolean inProcore,
      boolean differs,
      boolean differsFromZero,
      boolean originMissing,
      String deletion,
      boolean deleted) {}

  /** Settles those of the payments that no other payment took over. */
  void settleKnown(Collection<Long> payments) {
    db.sql("select id from payment where id = any(:ids::bigint[]) and state = 'known' order by id")
        .with("ids", payments)
        .ids()
        .forEach(this::settle);
  }

  /**
   * Compares what the ERP has with what was written to Procore, and plans what is missing - or says
   * that all is in line.
   */
  void settle(long payment) {
    Standing s =
        db.sql(
                """
                select work_item_id is not null as matched, procore_payment_id is not null as there, erp_deleted_at is not null as deleted, deletion, origin_id is null as unlinked,
                  (amount, paid_on, method, reference) is distinct from (written_amount, written_on, written_method, written_reference) as differs,
                  written_amount is distinct from 0 as not_zero
                from payment where id = :id
                """)
            .with("id", payment)
            .first(
                (rs, n) ->
                    new Standing(
                        rs.getBoolean("matched"),
                        rs.getBoolean("there"),
                        rs.getBoolean("differs"),
                        rs.getBoolean("not_zero"),
                        rs.getBoolean("unlinked"),
                        rs.getString("deletion"),
                        rs.getBoolean("deleted")))
            .orElseThrow();
    if (s.deleted()) {
      settleDeleted(payment, s);
    } else if (!s.matched()) {
      rest(payment, "unmatched", "its bill is not known as ours");
      db.sql(PaymentJournal.match("p.id = :id")).with("id", payment).update();
    } else if (!s.inProcore()) {
      plan(payment, "planned", List.of("CREATE"), "the ERP has it again");
    } else if (s.differs()) {
      plan(payment, "amending", AMENDMENT, "the ERP changed it");
    } else if (s.originMissing()) {
      plan(payment, "amending", List.of("SET_ORIGIN"), "Procore does not know its origin yet");
    } else {
      rest(payment, "known", "Procore has it as the ERP does");
    }
  }

  private void settleDeleted(long payment, Standing s) {
    if (!s.inProcore()) {
      rest(payment, "removed", "gone in the ERP and in Procore");
    } else if ("remove".equals(s.deletion())) {
      plan(payment, "removing", List.of("REMOVE"), "gone in the ERP");
    } else if ("zero".equals(s.deletion())) {
      if (s.differsFromZero()) {
        plan(payment, "amending", AMENDMENT, "gone in the ERP; to stand with 0.00");
      } else {
        rest(payment, "zeroed", "gone in the ERP; stands with 0.00");
      }
    } else {
      rest(payment, "flagged", "gone in the ERP; an approver decides");
    }
  }

  private void rest(long payment, String state, String why) {
    db.sql(
            """
            update payment set state = :state, lease_owner = null, attempts = 0, failure_kind = null, failure_message = null, remedy = null,
              known_at = coalesce(known_at, :now), changed_at = :now, changed_by = :node, changed_why = :why where id = :id
            """)
        .with("id", payment)
        .with("state", state)
        .with("why", why)
        .update();
  }

  private void plan(long payment, String state, List<String> steps, String why) {
    db.sql(
            """
            update payment set state = :state, round = round + 1, due_at = :now, lease_owner = null, attempts = 0, settle_until = null,
              changed_at = :now, changed_by = :node, changed_why = :why where id = :id
            """)
        .with("id", payment)
        .with("state", state)
        .with("why", why)
        .update();
    db.sql(
            """
            insert into payment_step (payment_id, round, position, connection, kind, state)
            select p.id, p.round, s.position, p.connection, s.kind, 'planned'
            from payment p, unnest(:steps::text[]) with ordinality as s (kind, position) where p.id = :id
            """)
        .with("id", payment)
        .with("steps", steps)
        .update();
  }
}
