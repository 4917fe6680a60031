package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/**
 * The connections as the ledger knows them: whom they join, whether they rest, and how often their
 * payments are read.
 */
public final class Connections {

  /** How often payments may be read: these five and no other (GEN-SCH-01). */
  public static final List<String> SCHEDULES =
      List.of("Hourly", "Every 2 Hours", "Every 4 Hours", "Daily", "Never");

  private final Db db;
  private final Audit audit;

  Connections(Db db, Audit audit) {
    this.db = db;
    this.audit = audit;
  }

  /**
   * A connection.
   *
   * @param name its name
   * @param procoreCompanyId Procore's id of the company
   * @param erp short name of the ERP
   * @param erpTenant the ERP company, or null until somebody signed in
   * @param pausedAt since when it rests, or null
   * @param pauseReason why it rests, or null
   * @param paymentSchedule Hourly, Every 2 Hours, Every 4 Hours, Daily or Never (GEN-SCH-01)
   * @param paymentsSwitchedOnAt since when payments come back, or null
   * @param paymentsReadAt when payments were last read by schedule, or null
   * @param costsReadAt when job costs were last read, or null
   */
  public record Connection(
      ConnectionId name,
      long procoreCompanyId,
      String erp,
      String erpTenant,
      Instant pausedAt,
      String pauseReason,
      String paymentSchedule,
      Instant paymentsSwitchedOnAt,
      Instant paymentsReadAt,
      Instant costsReadAt) {}

  /**
   * Makes a connection known, or brings it up to date. What runs on it - pause, schedule, switch-on
   * - is kept.
   *
   * @param erpTenant the ERP company, or null when it is not known yet; a known one is kept then
   * @throws IllegalArgumentException when another connection joins the same two companies, or this
   *     one has joined others so far: both would write bills twice
   */
  public void register(ConnectionId name, long procoreCompanyId, String erp, String erpTenant) {
    db.inTransaction(
        () -> {
          db.holdAlone("connection:" + name);
          get(name).ifPresent(present -> requireSame(present, procoreCompanyId, erp, erpTenant));
          try {
            db.sql(
                    """
                    insert into erp_connection (name, procore_company_id, erp, erp_tenant, registered_at)
                    values (:name, :company, :erp, :tenant, :now)
                    on conflict (name) do update set erp_tenant = coalesce(excluded.erp_tenant, erp_connection.erp_tenant)
                    """)
                .with("name", name)
                .with("company", procoreCompanyId)
                .with("erp", erp)
                .with("tenant", erpTenant)
                .update();
          } catch (DuplicateKeyException e) {
            throw new IllegalArgumentException(
                "connection "
                    + name
                    + " joins Procore company "
                    + procoreCompanyId
                    + " to "
                    + erp
                    + " company "
                    + erpTenant
                    + ", which another connection does already: every bill would be written twice."
                    + " Give each pair one connection",
                e);
          }
        });
  }

  private static void requireSame(Connection present, long company, String erp, String tenant) {
    boolean otherTenant =
        tenant != null && present.erpTenant() != null && !tenant.equals(present.erpTenant());
    if (present.procoreCompanyId() != company || !present.erp().equals(erp) || otherTenant) {
      throw new IllegalArgumentException(
          "connection "
              + present.name()
              + " has joined Procore company "
              + present.procoreCompanyId()
              + " to "
              + present.erp()
              + " company "
              + present.erpTenant()
              + " so far and cannot be turned to Procore company "
              + company
              + " and "
              + erp
              + " company "
              + tenant
              + ": its records belong to the old pair. Use a new name for the new pair");
    }
  }

  /**
   * Where its records are approved: {@code procore} or {@code tieback}. Records that come from now
   * on are of that door.
   */
  public void door(ConnectionId name, String door) {
    db.sql("update erp_connection set door = :door where name = :name and door <> :door")
        .with("name", name)
        .with("door", door)
        .update();
  }

  /** One connection. */
  public Optional<Connection> get(ConnectionId name) {
    return db.sql("select * from erp_connection where name = :name")
        .with("name", name)
        .first(Connections::map);
  }

  /** All connections by name. */
  public List<Connection> all() {
    return db.sql("select * from erp_connection order by name").list(Connections::map);
  }

  /**
   * Lets a connection rest: nothing of it is claimed any more, and webhooks are still received.
   *
   * @return whether it ran before; a resting one keeps its first reason
   */
  public boolean pause(ConnectionId name, String reason) {
    return db.sql(
                "update erp_connection set paused_at = :now, pause_reason = :reason where name ="
                    + " :name and paused_at is null")
            .with("name", name)
            .with("reason", reason)
            .update()
        == 1;
  }

  /**
   * Lets it go on.
   *
   * @return whether it rested before
   */
  public boolean resume(ConnectionId name) {
    return db.sql(
                "update erp_connection set paused_at = null, pause_reason = null where name = :name"
                    + " and paused_at is not null")
            .with("name", name)
            .update()
        == 1;
  }

  /**
   * Sets how often payments are read; takes effect at the next tick (docs/decisions/0007).
   *
   * @throws IllegalArgumentException when it is none of the five values of GEN-SCH-01
   */
  public void paymentSchedule(ConnectionId name, String schedule, String who) {
    if (!SCHEDULES.contains(schedule)) {
      throw new IllegalArgumentException(
          "payment schedule '" + schedule + "' is none of " + SCHEDULES + " (GEN-SCH-01)");
    }
    db.inTransaction(
        () -> {
          int changed =
              db.sql(
                      "update erp_connection set payment_schedule = :schedule where name = :name"
                          + " and payment_schedule <> :schedule")
                  .with("name", name)
                  .with("schedule", schedule)
                  .update();
          if (changed == 1) {
            audit.append(
                who,
                name,
                "set payment schedule",
                "connection " + name,
                Map.of("schedule", schedule));
          }
        });
  }

  /** Payments were read just now, by schedule or because somebody asked. */
  public void paymentsRead(ConnectionId name) {
    db.sql("update erp_connection set payments_read_at = :now where name = :name")
        .with("name", name)
        .update();
  }

  /** Somebody wants payments to be read now: the next tick does it. */
  public void requestPaymentSync(ConnectionId name) {
    db.sql("update erp_connection set payment_sync_requested_at = :now where name = :name")
        .with("name", name)
        .update();
  }

  /** As {@link #requestPaymentSync(ConnectionId)}, by a person: it is audited. */
  public void requestPaymentSync(ConnectionId name, String who) {
    db.inTransaction(
        () -> {
          requestPaymentSync(name);
          audit.append(who, name, "read payments", "connection " + name, Map.of());
        });
  }

  /** Takes such a wish, so that one node serves it. */
  public boolean takePaymentSyncRequest(ConnectionId name) {
    return db.sql(
                "update erp_connection set payment_sync_requested_at = null where name = :name and"
                    + " payment_sync_requested_at is not null")
            .with("name", name)
            .update()
        == 1;
  }

  /** Job costs were read just now, by schedule or because somebody asked. */
  public void costsRead(ConnectionId name) {
    db.sql("update erp_connection set costs_read_at = :now where name = :name")
        .with("name", name)
        .update();
  }

  /** Somebody wants job costs to be read now: the running connector does it at once. */
  public void requestCostSync(ConnectionId name) {
    db.sql("update erp_connection set cost_sync_requested_at = :now where name = :name")
        .with("name", name)
        .update();
  }

  /** As {@link #requestCostSync(ConnectionId)}, by a person: it is audited. */
  public void requestCostSync(ConnectionId name, String who) {
    db.inTransaction(
        () -> {
          requestCostSync(name);
          audit.append(who, name, "read job costs", "connection " + name, Map.of());
        });
  }

  /** Takes such a wish, so that one node serves it. */
  public boolean takeCostSyncRequest(ConnectionId name) {
    return db.sql(
                "update erp_connection set cost_sync_requested_at = null where name = :name and"
                    + " cost_sync_requested_at is not null")
            .with("name", name)
            .update()
        == 1;
  }

  /**
   * Takes the scheduled reading of payments that is due, so that one node does it.
   *
   * @param expectedLast when it was last done, as {@link Connection#paymentsReadAt} said
   * @return false when another node was faster
   */
  public boolean claimPaymentReading(ConnectionId name, Instant expectedLast) {
    return db.sql(
                """
                update erp_connection set payments_read_at = :now
                where name = :name and payments_read_at is not distinct from cast(:expected as timestamptz)
                """)
            .with("name", name)
            .with("expected", expectedLast)
            .update()
        == 1;
  }

  private static Connection map(ResultSet rs, int row) throws SQLException {
    return new Connection(
        new ConnectionId(rs.getString("name")),
        rs.getLong("procore_company_id"),
        rs.getString("erp"),
        rs.getString("erp_tenant"),
        Sql.instant(rs, "paused_at"),
        rs.getString("pause_reason"),
        rs.getString("payment_schedule"),
        Sql.instant(rs, "payments_switched_on_at"),
        Sql.instant(rs, "payments_read_at"),
        Sql.instant(rs, "costs_read_at"));
  }
}
