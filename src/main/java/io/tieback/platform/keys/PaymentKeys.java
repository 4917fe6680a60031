package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.date;
import static io.tieback.platform.ValueTypes.fullHour;
import static io.tieback.platform.ValueTypes.oneOf;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/** What comes back from the ERP. */
public final class PaymentKeys {

  /** How often payments are read (GEN-SCH-01). */
  public static final Key<String> SCHEDULE =
      Key.ofConnection(
              "payments.schedule",
              oneOf("Hourly", "Every 2 Hours", "Every 4 Hours", "Daily", "Never"))
          .standard("Hourly")
          .described(
              "How often payments are read from the ERP (GEN-SCH-01). It is the value a new"
                  + " connection begins with; it can be changed while running.");

  /** When, for Daily. */
  public static final Key<LocalTime> DAILY_AT =
      Key.ofConnection("payments.daily-at", fullHour())
          .standard("05:00")
          .described("At which hour Daily reads, in the connection's time zone.");

  /** Payments from before switch-on. */
  public static final Key<LocalDate> BACK_FILL_FROM =
      Key.ofConnection("payments.back-fill-from", date())
          .example("2026-01-01")
          .described(
              "Also payments from this day on that were made before the connection was switched on."
                  + " Without it: only later ones.");

  /** What happens to a payment deleted in the ERP (C-15). */
  public static final Key<String> DELETED_PAYMENT =
      Key.ofConnection("payments.deleted-payment", oneOf("flag", "zero", "remove"))
          .standard("flag")
          .described(
              "What happens in Procore to a payment that was deleted in the ERP: flagged for an"
                  + " approver, set to zero, or removed. It leaves the paid totals at once in each"
                  + " case.");

  /** How often job costs are read. */
  public static final Key<String> COSTS_SCHEDULE =
      Key.ofConnection(
              "costs.schedule", oneOf("Hourly", "Every 2 Hours", "Every 4 Hours", "Daily", "Never"))
          .standard("Daily")
          .described(
              "How often job costs are read from the ERP and written to Procore's Direct Costs"
                  + " (XR-CFG-04). 'tieback sync costs' reads at once.");

  /** When, for Daily. */
  public static final Key<LocalTime> COSTS_DAILY_AT =
      Key.ofConnection("costs.daily-at", fullHour())
          .standard("04:00")
          .described("At which hour Daily reads job costs, in the connection's time zone.");

  /** From which day on. */
  public static final Key<LocalDate> COSTS_FROM =
      Key.ofConnection("costs.from", date())
          .example("2026-01-01")
          .described(
              "Only documents dated on this day or later count as job costs. Set it where earlier"
                  + " costs were entered in Procore by hand. Without it: all documents of linked"
                  + " projects.");

  /** Whether exported bills come back as costs. */
  public static final Key<String> EXPORTED_BILLS_AS_COSTS =
      Key.ofConnection("exported-bills-as-costs", oneOf("skip", "subcontractor_invoice"))
          .standard("skip")
          .described(
              "Whether bills that Tieback exported come back as job costs (GEN-INV-06). skip: no,"
                  + " since Procore has them as subcontractor invoices. subcontractor_invoice: as"
                  + " direct costs of that type, for budgets that count no commitment invoices;"
                  + " Procore has to have the type enabled. Retainage is never a cost.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Payments and costs",
          "What comes back.",
          List.of(
              SCHEDULE,
              DAILY_AT,
              BACK_FILL_FROM,
              DELETED_PAYMENT,
              COSTS_SCHEDULE,
              COSTS_DAILY_AT,
              COSTS_FROM,
              EXPORTED_BILLS_AS_COSTS));

  private PaymentKeys() {}
}
