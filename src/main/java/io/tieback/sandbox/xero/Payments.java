package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Answer;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code /Payments} (reference section 10): never edited, only deleted; they settle bills. */
final class Payments {
  private static final List<String> AREAS = List.of("payments");
  private static final int REFERENCE_LIMIT = 255;
  private static final Map<String, Function<Payment, Object>> FIELDS =
      Map.ofEntries(
          Map.entry("PaymentType", payment -> "ACCPAYPAYMENT"),
          Map.entry("Status", payment -> payment.status),
          Map.entry("PaymentID", payment -> payment.id),
          Map.entry("PaymentId", payment -> payment.id),
          Map.entry("BatchPaymentID", payment -> payment.batch == null ? null : payment.batch.id),
          Map.entry("Invoice.InvoiceID", payment -> payment.invoiceId),
          Map.entry("Invoice.InvoiceId", payment -> payment.invoiceId),
          Map.entry("Account.Code", payment -> payment.account.code),
          Map.entry("Account.AccountID", payment -> payment.account.id),
          Map.entry("Date", payment -> payment.date),
          Map.entry("Amount", payment -> payment.amount),
          Map.entry("Reference", payment -> payment.reference),
          Map.entry("IsReconciled", payment -> payment.reconciled),
          Map.entry("UpdatedDateUTC", Stored::updated));

  private final Gate gate;

  Payments(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/Payments";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, visit -> create(visit, true)));
    router.post(path).handler(gate.guard(AREAS, true, visit -> create(visit, false)));
    router.get(path + "/:id").handler(gate.guard(AREAS, false, this::read));
    router.post(path + "/:id").handler(gate.guard(AREAS, true, this::delete));
  }

  private Answer list(Gate.Visit visit) {
    Listing<Payment> listing = new Listing<>(visit, FIELDS);
    boolean deletedToo = visit.switches().flag("paymentsListDeleted");
    return listing.answer(
        "Payments",
        listing.select(visit.organisation().payments, payment -> deletedToo || payment.isLive()),
        payment -> payment.json(visit.organisation(), false));
  }

  private Answer read(Gate.Visit visit) {
    return Envelope.one(visit, "Payments", existing(visit).json(visit.organisation(), true));
  }

  private static Payment existing(Gate.Visit visit) {
    Payment payment = visit.organisation().payments.get(Ids.normal(visit.call().pathParam("id")));
    if (payment == null) {
      throw Refusal.notFound();
    }
    return payment;
  }

  private Answer create(Gate.Visit visit, boolean canSummarize) {
    List<Fields> elements = Fields.elements(visit.call(), "Payments");
    Bills.checkCount(visit, elements);
    Map<String, BigDecimal> before = new HashMap<>();
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      List<String> errors = new ArrayList<>();
      Payment payment =
          read(visit.organisation(), element, element, null, before, visit.now(), errors);
      outcomes.add(
          errors.isEmpty()
              ? Envelope.Outcome.of(
                  () -> {
                    store(visit.organisation(), payment, visit.now());
                    return payment.json(visit.organisation(), true);
                  })
              : Envelope.Outcome.failed(
                  Envelope.failed(element, "PaymentID", null, errors, "Date")
                      .put("HasValidationErrors", true)));
    }
    return Envelope.batch(visit, "Payments", outcomes, canSummarize);
  }

  /**
   * Reads a payment of a bill.
   *
   * @param header where account, date and reference stand: the payment itself, or its batch
   * @param batch the batch it belongs to, or null
   * @param pending what the same request already pays, by bill; extended by this payment
   */
  static Payment read(
      Organisation organisation,
      Fields element,
      Fields header,
      BatchPayment batch,
      Map<String, BigDecimal> pending,
      Instant now,
      List<String> errors) {
    Invoice invoice = invoice(organisation, element);
    Organisation.Account account = account(organisation, header, errors);
    LocalDate date =
        header.has("Date") ? header.day("Date") : LocalDate.ofInstant(now, organisation.zone);
    BigDecimal amount = element.decimal("Amount");
    String reference = header.text("Reference");
    if (reference != null && reference.length() > REFERENCE_LIMIT) {
      errors.add("The Reference must not be longer than " + REFERENCE_LIMIT + " characters.");
    }
    if (organisation.lockMessage(date) != null) {
      errors.add(organisation.lockMessage(date));
    }
    if (invoice == null) {
      errors.add("Invoice could not be found");
      return null;
    }
    if (!invoice.status.equals("AUTHORISED")) {
      errors.add("Payments can only be made against Authorised documents");
    }
    if (amount == null || amount.signum() <= 0) {
      errors.add("Payment amounts must be positive amounts");
      return null;
    }
    if (amount.stripTrailingZeros().scale() > 2) {
      errors.add("Payment amounts must not have more than 2 decimals");
      return null;
    }
    BigDecimal already = pending.merge(invoice.id, amount, BigDecimal::add);
    if (already.compareTo(invoice.amountDue()) > 0) {
      errors.add("Payment amount exceeds the amount outstanding on this document");
    }
    boolean reconciled = Boolean.TRUE.equals(element.flag("IsReconciled"));
    return new Payment(
        Ids.make(), invoice.id, account, date, amount.setScale(2), reference, reconciled, batch);
  }

  private static Invoice invoice(Organisation organisation, Fields element) {
    Fields named = element.object("Invoice");
    if (named == null) {
      return null;
    }
    String id = named.id("InvoiceID");
    if (id != null) {
      return organisation.invoices.get(id);
    }
    String number = named.text("InvoiceNumber");
    return organisation.billsNumbered(number).stream()
        .filter(invoice -> invoice.status.equals("AUTHORISED"))
        .findFirst()
        .orElse(null);
  }

  static Organisation.Account account(
      Organisation organisation, Fields header, List<String> errors) {
    Fields named = header.object("Account");
    Organisation.Account account = null;
    if (named != null) {
      String id = named.id("AccountID");
      account =
          id != null ? organisation.accountById(id) : organisation.account(named.text("Code"));
    }
    if (account == null) {
      errors.add("Account must be valid.");
    } else if (!account.pays()) {
      errors.add("The account code '" + account.code + "' is not enabled for payments");
    }
    return account;
  }

  /** Stores a payment and settles its bill; both bear the same time of change. */
  static void store(Organisation organisation, Payment payment, Instant now) {
    organisation.payments.put(payment, now);
    Invoice invoice = organisation.invoices.get(payment.invoiceId);
    invoice.payments.add(payment);
    invoice.settle();
    organisation.putBill(invoice, now);
  }

  /** Deletes a payment; its bill is due again. */
  static void markDeleted(Organisation organisation, Payment payment, Instant now) {
    payment.status = "DELETED";
    organisation.payments.put(payment, now);
    Invoice invoice = organisation.invoices.get(payment.invoiceId);
    invoice.settle();
    organisation.putBill(invoice, now);
  }

  /** Why the payment cannot be deleted, or null. */
  static String whyNotDeletable(Organisation organisation, Payment payment) {
    if (!payment.isLive()) {
      return "Payment not of valid status for modification";
    }
    return payment.batch != null
        ? "This payment is part of a batch payment and can only be deleted with it"
        : organisation.lockMessage(payment.date);
  }

  private Answer delete(Gate.Visit visit) {
    Payment payment = existing(visit);
    List<Fields> elements = Fields.elements(visit.call(), "Payments");
    Fields element = elements.isEmpty() ? null : elements.get(0);
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one payment is expected");
    }
    List<String> errors = new ArrayList<>();
    element
        .source()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equalsIgnoreCase("Status") && !name.equalsIgnoreCase("PaymentID")) {
                errors.add("Only Status accepted for updates.");
              }
            });
    if (errors.isEmpty()
        && !"DELETED".equals(element.word("Status", List.of("AUTHORISED", "DELETED")))) {
      errors.add("Only Status accepted for updates.");
    }
    if (errors.isEmpty() && whyNotDeletable(visit.organisation(), payment) != null) {
      errors.add(whyNotDeletable(visit.organisation(), payment));
    }
    if (!errors.isEmpty()) {
      throw Refusal.elements(
          io.tieback.sandbox.kit.Json.array()
              .add(Envelope.failed(element, "PaymentID", payment.id, List.of(errors.get(0)))));
    }
    markDeleted(visit.organisation(), payment, visit.now());
    return Envelope.one(visit, "Payments", payment.json(visit.organisation(), true));
  }
}
