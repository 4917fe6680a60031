package io.tieback.ledger;

import io.tieback.construction.BillPayment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.construction.PaymentBatches;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Payments of bills that Tieback exported: what the ERP says about them, and which row in Procore
 * stands for each. Writing to Procore is journalled step by step in {@link PaymentSteps}.
 */
public final class PaymentJournal {

  private final Db db;
  private final PaymentPlans plans;
  private final Audit audit;

  PaymentJournal(Db db, PaymentPlans plans, Audit audit) {
    this.db = db;
    this.plans = plans;
    this.audit = audit;
  }

  /**
   * Whoever records payments holds this alone, whoever makes a bill known holds it shared:
   * otherwise each could miss what the other is just committing, and the payment of a bill whose
   * answer was lost would never be matched.
   */
  static String lockName(String connection) {
    return "payments:" + connection;
  }

  /** Lets payments go that waited for their bill to be known as ours. */
  static String match(String condition) {
    return """
    with matched as (
      update payment p set state = 'planned', work_item_id = w.id, due_at = :now, changed_at = :now, changed_by = :node,
        changed_why = 'belongs to ' || w.entity || ' ' || w.procore_id
      from work_item w
      where p.connection = w.connection and p.erp_bill_id = w.erp_id and p.state = 'unmatched'
        and w.entity = 'requisition' and w.state in ('known', 'acknowledged') and %s
      returning p.id, p.round, p.connection)
    insert into payment_step (payment_id, round, position, connection, kind, state)
    select id, round, 1, connection, 'CREATE', 'planned' from matched
    """
        .formatted(condition);
  }

  /**
   * Payments come back from now on. What exists at this moment stays out for good (GEN-PAY-09);
   * leave a payment out of {@code existing} to back-fill it.
   *
   * @param existing the ERP's keys of payments that exist
   * @return false when they were switched on already; nothing changes then
   */
  public boolean switchOn(ConnectionId connection, Collection<String> existing, String who) {
    return db.inTransaction(
        () -> {
          db.holdAlone(lockName(connection.value()));
          int first =
              db.sql(
                      "update erp_connection set payments_switched_on_at = :now where name ="
                          + " :connection and payments_switched_on_at is null")
                  .with("connection", connection)
                  .update();
          if (first == 0) {
            return false;
          }
          db.sql(
                  """
                  insert into payment (connection, erp_payment_id, state, due_at, recorded_at, changed_at, changed_by, changed_why)
                  select distinct :connection, id, 'ignored', :now, :now, :now, :node, 'stood before payments were switched on'
                  from unnest(:existing::text[]) as id on conflict (connection, erp_payment_id) do nothing
                  """)
              .with("connection", connection)
              .with("existing", existing)
              .update();
          audit.append(
              who,
              connection,
              "switch payments on",
              "connection " + connection,
              Map.of("ignored", Integer.toString(existing.size())));
          return true;
        });
  }

  /**
   * What was read from the ERP.
   *
   * @param payments payments that are new, changed or deleted
   * @param livePayments for bills that changed: the keys of the payments that stand on each now.
   *     One that vanished from there was deleted even if the ERP lists no deletions
   * @param batches tells instead of {@code livePayments} what was deleted; null when the ERP's
   *     payments stand alone
   */
  public record Reading(
      List<BillPayment> payments, Map<String, Set<String>> livePayments, PaymentBatches batches) {
    public Reading {
      payments = List.copyOf(payments);
      livePayments = Map.copyOf(livePayments);
    }

    /** Of an ERP whose payments stand alone. */
    public Reading(List<BillPayment> payments, Map<String, Set<String>> livePayments) {
      this(payments, livePayments, null);
    }
  }

  /**
   * What recording a reading came to.
   *
   * @param added payments that are new here
   * @param changed payments whose content changed
   * @param deleted payments that the ERP has no more
   * @param replaced deleted payments whose row in Procore goes over to a new payment of the same
   *     bill
   * @param ignored payments that stood before the switch-on
   */
  public record Recorded(int added, int changed, int deleted, int replaced, int ignored) {}

  /**
   * Records what was read. Call it inside {@link Cursors#advance}, so that the cursor moves only
   * with it. The same reading twice changes nothing.
   *
   * <p>A payment of a bill that is not known as ours is kept as <em>unmatched</em>: the bill may be
   * one whose answer was lost, and becomes known later.
   *
   * @param deletion what happens in Procore to payments that the ERP deleted; one that is replaced
   *     by a new payment of the same bill is amended whatever this says
   */
  public Recorded record(ConnectionId connection, Reading reading, DeletionPolicy deletion) {
    return db.inTransaction(
        () -> {
          db.holdAlone(lockName(connection.value()));
          Map<String, BillPayment> read = new TreeMap<>();
          reading.payments().forEach(p -> read.put(p.erpPaymentId(), p));
          Map<String, PaymentRow> present = new HashMap<>();
          present(connection, read.keySet(), reading)
              .forEach(row -> present.put(row.erpPaymentId(), row));

          List<BillPayment> fresh =
              read.values().stream()
                  .filter(p -> !p.deleted() && !present.containsKey(p.erpPaymentId()))
                  .toList();
          Set<Long> gone = new HashSet<>();
          int changed = 0;
          int ignored = 0;
          for (PaymentRow row : present.values()) {
            BillPayment now = read.get(row.erpPaymentId());
            if (row.state().equals("ignored")) {
              ignored++;
            } else if (isGone(row, now, reading)) {
              if (row.deletedAt() == null) {
                gone.add(row.id());
              }
            } else if (now != null && plans.bringUpToDate(row, now)) {
              changed++;
            }
          }
          Set<Long> inProcore = plans.markDeleted(gone, deletion);
          List<Long> added = insert(connection, fresh);
          db.sql(match("p.id = any(:added::bigint[])")).with("added", added).update();
          int replaced = pair(connection, added);
          plans.settleKnown(inProcore);
          return new Recorded(added.size(), changed, gone.size(), replaced, ignored);
        });
  }

  /** What is known of what was read, and what the reading shows to be gone. */
  private List<PaymentRow> present(ConnectionId connection, Set<String> payments, Reading reading) {
    PaymentBatches batches = reading.batches();
    Set<String> none = Set.of();
    return db.sql(
            """
            select * from payment
            where connection = :connection and (erp_payment_id = any(:payments::text[]) or erp_bill_id = any(:bills::text[])
              or batch_reference = any(:batches::text[]) or (:complete and batch_reference not in (select unnest(:existing::text[])))) order by id for update
            """)
        .with("connection", connection)
        .with("payments", payments)
        .with("bills", batches == null ? reading.livePayments().keySet() : none)
        .with("batches", batches == null ? none : batches.standing().keySet())
        .with("complete", batches != null && batches.existing() != null)
        .with("existing", batches == null || batches.existing() == null ? none : batches.existing())
        .list(PaymentRow::map);
  }

  /**
   * Told so, or not among the payments that stand in its batch or on its bill - unless the same
   * reading shows it alive, since the two were not read in the same instant.
   */
  private static boolean isGone(PaymentRow row, BillPayment now, Reading reading) {
    if (now != null) {
      return now.deleted();
    }
    if (reading.batches() != null) {
      return reading.batches().isGone(row.batch(), row.erpPaymentId());
    }
    Set<String> standing = reading.livePayments().get(row.erpBillId());
    return standing != null && !standing.contains(row.erpPaymentId());
  }

  private List<Long> insert(ConnectionId connection, List<BillPayment> fresh) {
    if (fresh.isEmpty()) {
      return List.of();
    }
    return db.sql(
            """
            insert into payment (connection, erp_payment_id, erp_bill_id, state, amount, paid_on, method, reference, batch_reference, erp_updated_at,
              due_at, recorded_at, changed_at, changed_by, changed_why)
            select :connection, id, bill, 'unmatched', amount, paid_on, method, reference, batch, updated, :now, :now, :now, :node, 'read from the ERP'
            from unnest(:ids::text[], :bills::text[], :amounts::text[]::numeric[], :dates::text[]::date[], :methods::text[], :references::text[],
              :batches::text[], :updates::text[]::timestamptz[]) as p (id, bill, amount, paid_on, method, reference, batch, updated)
            returning id
            """)
        .with("connection", connection)
        .with("ids", fresh.stream().map(BillPayment::erpPaymentId).toList())
        .with("bills", fresh.stream().map(BillPayment::erpBillId).toList())
        .with("amounts", fresh.stream().map(p -> p.amount().amount()).toList())
        .with("dates", fresh.stream().map(BillPayment::date).toList())
        .with("methods", fresh.stream().map(BillPayment::method).toList())
        .with("references", fresh.stream().map(BillPayment::reference).toList())
        .with("batches", fresh.stream().map(BillPayment::batchId).toList())
        .with("updates", fresh.stream().map(BillPayment::updatedAt).toList())
        .ids();
  }

  /**
   * A person who corrects a payment deletes it and enters it anew: in Procore that is one row that
   * changes, with its number and attachments (GEN-PAY-05).
   */
  private int pair(ConnectionId connection, List<Long> added) {
    int replaced = 0;
    for (Long id : added) {
      Optional<Long> old =
          db.sql(
                  """
                  select o.id from payment n join payment o on o.connection = n.connection and o.erp_bill_id = n.erp_bill_id
                  where n.id = :id and n.state = 'planned' and o.state in ('known', 'flagged') and o.erp_deleted_at is not null
                    and o.procore_payment_id is not null
                  order by (o.amount = n.amount) desc, o.id limit 1
                  """)
              .with("id", id)
              .first((rs, n) -> rs.getLong(1));
      if (old.isPresent()) {
        plans.replace(old.get(), id);
        replaced++;
      }
    }
    return replaced;
  }

  /**
   * An approver decides about a flagged payment.
   *
   * @param decision FLAG to leave it as it is, ZERO or REMOVE to change Procore
   * @return false when it is not flagged (any more)
   */
  public boolean decide(long payment, DeletionPolicy decision, String who) {
    return db.inTransaction(
        () -> {
          Optional<PaymentRow> row =
              db.sql("select * from payment where id = :id and state = 'flagged' for update")
                  .with("id", payment)
                  .first(PaymentRow::map);
          if (row.isEmpty()) {
            return false;
          }
          db.sql("update payment set deletion = :decision where id = :id")
              .with("id", payment)
              .with("decision", decision.name().toLowerCase(java.util.Locale.ROOT))
              .update();
          plans.settle(payment);
          audit.append(
              who,
              row.get().connection(),
              "decide about deleted payment",
              "payment " + row.get().erpPaymentId(),
              Map.of("decision", decision.name()));
          return true;
        });
  }

  /**
   * Sums of a connection.
   *
   * @param paid cash that the ERP shows as paid on exported bills since the switch-on; deleted
   *     payments are out at once
   * @param inProcore what stands in Procore for them
   * @param flagged what stands in Procore although the ERP has it no more
   * @param unmatched how many payments belong to bills that are not (yet) known as ours
   */
  public record Totals(Money paid, Money inProcore, Money flagged, long unmatched) {}

  /** Sums of a connection; equal sides mean that Procore shows what the ERP has. */
  public Totals totals(ConnectionId connection) {
    return db.sql(
            """
            select
              coalesce(sum(amount) filter (where erp_deleted_at is null and state not in ('ignored', 'unmatched', 'cancelled', 'replaced')), 0) as paid,
              coalesce(sum(written_amount) filter (where procore_payment_id is not null and state <> 'flagged'), 0) as in_procore,
              coalesce(sum(written_amount) filter (where state = 'flagged'), 0) as flagged,
              count(*) filter (where state = 'unmatched') as unmatched
            from payment where connection = :connection
            """)
        .with("connection", connection)
        .first(
            (rs, n) ->
                new Totals(
                    Sql.money(rs, "paid"),
                    Sql.money(rs, "in_procore"),
                    Sql.money(rs, "flagged"),
                    rs.getLong("unmatched")))
        .orElseThrow();
  }

  /**
   * Payments of a connection in these states (none: all but ignored ones), oldest first, after the
   * given key (0 for the first page).
   */
  public List<PaymentRow> list(
      ConnectionId connection, Collection<String> states, long afterId, int limit) {
    return db.sql(
            """
            select * from payment where connection = :connection and id > :after
              and (state = any(:states::text[]) or (cardinality(:states::text[]) = 0 and state <> 'ignored'))
            order by id limit :limit
            """)
        .with("connection", connection)
        .with("states", states)
        .with("after", afterId)
        .with("limit", limit)
        .list(PaymentRow::map);
  }

  /**
   * Takes the payments of a connection that were flagged and of which nobody was told yet; each is
   * given once. Tell of them in the same transaction ({@link Ledger#together}).
   */
  public List<PaymentRow> takeFlagged(ConnectionId connection) {
    return db.sql(
            """
            with taken as (
              update payment set flag_told_at = :now where connection = :connection and state = 'flagged' and flag_told_at is null returning *)
            select * from taken order by id
            """)
        .with("connection", connection)
        .list(PaymentRow::map);
  }

  /** One payment by the ERP's key. */
  public Optional<PaymentRow> find(ConnectionId connection, String erpPaymentId) {
    return db.sql("select * from payment where connection = :connection and erp_payment_id = :id")
        .with("connection", connection)
        .with("id", erpPaymentId)
        .first(PaymentRow::map);
  }

  /** Payments of one exported bill, oldest first. */
  public List<PaymentRow> ofItem(long workItem) {
    return db.sql("select * from payment where work_item_id = :item order by id")
        .with("item", workItem)
        .list(PaymentRow::map);
  }

  /** One payment by Procore's id of its row. */
  public Optional<PaymentRow> findInProcore(ConnectionId connection, long procorePaymentId) {
    return db.sql(
            "select * from payment where connection = :connection and procore_payment_id = :id")
        .with("connection", connection)
        .with("id", procorePaymentId)
        .first(PaymentRow::map);
  }

  /**
   * The payment is gone in the ERP, and its row in Procore is no longer ours: what becomes of the
   * row is left to Procore's staff.
   *
   * @return false when it is not in a state of rest
   */
  public boolean freed(PaymentRow payment, String who) {
    return db.inTransaction(
        () -> {
          boolean freed =
              db.sql(
                          """
                          update payment set state = 'removed', origin_id = null, changed_at = :now, changed_by = :node,
                            changed_why = 'reset in Procore; gone in the ERP'
                          where id = :id and state in ('known', 'flagged', 'zeroed', 'failed')
                          """)
                      .with("id", payment.id())
                      .update()
                  == 1;
          if (freed) {
            audit.append(
                who,
                payment.connection(),
                "reset payment",
                "payment " + payment.erpPaymentId(),
                Map.of("amount", payment.amount().toString()));
          }
          return freed;
        });
  }

  /** Since when payments come back, or nothing while they are not switched on. */
  public Optional<Instant> switchedOnAt(ConnectionId connection) {
    return db.sql(
            "select payments_switched_on_at from erp_connection where name = :connection and"
                + " payments_switched_on_at is not null")
        .with("connection", connection)
        .first((rs, n) -> Sql.instant(rs, "payments_switched_on_at"));
  }
}
