package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.BillPayment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.construction.OriginId;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Payments of exported bills as Procore's contract payments (GEN-PAY, Procore reference section 8).
 * Each method is one step, so that the caller can journal steps one by one (design section 5). Only
 * {@link #create} must not be repeated blindly.
 *
 * <p>Payment number and attachments belong to people (GEN-PAY-05) and are never written.
 */
public final class ContractPayments implements PaymentsIssued {

  private static final String ITEM_TYPE = "contract_payment";

  private final ProcoreClient client;
  private final String erp;
  private final Marks marks;

  /** Payments that are locked and unlocked by the ERP tab. */
  public ContractPayments(ProcoreClient client, String erp) {
    this(client, erp, new ErpTabMarks(client));
  }

  /**
   * @param client the company's client
   * @param erp short name of the ERP in origin ids, such as {@code xero}
   * @param marks how a payment is locked and unlocked
   */
  public ContractPayments(ProcoreClient client, String erp, Marks marks) {
    this.client = client;
    this.erp = erp;
    this.marks = marks;
  }

  /**
   * An exported bill, as far as its payments need it.
   *
   * @param projectId project of the commitment
   * @param contractId the commitment
   * @param requisitionId the requisition
   * @param number the bill's number in the ERP (GEN-PAY-07)
   * @param date the bill's date, or null
   */
  public record ExportedBill(
      long projectId, long contractId, long requisitionId, String number, LocalDate date) {}

  /**
   * A payment as it is to stand in Procore.
   *
   * @param bill whose payment it is
   * @param originId {@code erp:connection:payment:key}
   * @param amount cash, never credits or discounts (design section 6)
   * @param date day of the payment
   * @param method how it was paid, or null when the ERP does not tell
   * @param checkNumber number of the cheque, or null
   * @param notes text of the payment in the ERP, or null
   */
  public record Composed(
      ExportedBill bill,
      String originId,
      Money amount,
      LocalDate date,
      BillPayment.Method method,
      String checkNumber,
      String notes) {}

  /**
   * A payment in Procore.
   *
   * @param id Procore's id
   * @param originId External Data, or null when it is not locked
   * @param amount what it says
   * @param date what it says, or null
   */
  public record InProcore(long id, String originId, Money amount, LocalDate date) {}

  @Override
  public Composed compose(BillPayment payment, ExportedBill bill) {
    return composed(erp, client.connection().connection(), payment, bill);
  }

  static Composed composed(
      String erp, ConnectionId connection, BillPayment payment, ExportedBill bill) {
    boolean check = payment.method() == BillPayment.Method.CHECK;
    return new Composed(
        bill,
        new OriginId(erp, connection, "payment", payment.erpPaymentId()).toString(),
        payment.amount(),
        payment.date(),
        payment.method(),
        check ? payment.reference() : null,
        check ? null : payment.reference());
  }

  /** The same payment brought to nothing, for {@code deletedPayment = zero}. */
  public static Composed zeroed(Composed composed) {
    return new Composed(
        composed.bill(),
        composed.originId(),
        Money.ZERO,
        composed.date(),
        composed.method(),
        composed.checkNumber(),
        composed.notes());
  }

  @Override
  public Optional<InProcore> lookUp(Composed composed) {
    return find(composed.bill(), composed.originId());
  }

  /**
   * The payment of a contract with this External Data: how a creation is recognised whose answer
   * got lost.
   */
  public Optional<InProcore> find(ExportedBill bill, String originId) {
    return client.contractPayments(bill.projectId(), bill.contractId()).stream()
        .filter(row -> originId.equals(row.path("origin_id").textValue()))
        .findFirst()
        .map(ContractPayments::inProcore);
  }

  /** A payment by its id; empty when it is no longer there. */
  public Optional<InProcore> find(ExportedBill bill, long id) {
    return client.contractPayments(bill.projectId(), bill.contractId()).stream()
        .filter(row -> row.path("id").asLong() == id)
        .findFirst()
        .map(ContractPayments::inProcore);
  }

  private static InProcore inProcore(JsonNode row) {
    String of = "contract payment";
    return new InProcore(
        Fields.id(row, "id", of),
        Fields.text(row, "origin_id"),
        Fields.moneyOrZero(row, "amount", of),
        Fields.dateOrNull(row, "date", of));
  }

  /**
   * Creates it.
   *
   * @throws Failure UNKNOWN when nobody knows whether it was created: look with {@link #find}
   *     before creating again
   */
  @Override
  public InProcore create(Composed composed) {
    ObjectNode fields = fields(composed);
    fields.put("origin_id", composed.originId());
    ExportedBill bill = composed.bill();
    try {
      JsonNode created = client.createContractPayment(bill.projectId(), bill.contractId(), fields);
      return checked(composed, created);
    } catch (Failure failure) {
      // The key is taken: this very payment is there already, from an earlier attempt.
      if (failure.status() == 422 || failure.status() == 409) {
        Optional<InProcore> there = find(bill, composed.originId());
        if (there.isPresent()) {
          return there.get();
        }
      }
      throw failure;
    }
  }

  /** First step of a change: takes the key away, which unlocks the payment. May be repeated. */
  @Override
  public void clearOrigin(ExportedBill bill, long id) {
    accept(bill, ExternalDataRow.cleared(ITEM_TYPE, id));
  }

  /**
   * Second step of a change: writes what is ours of an unlocked payment. May be repeated. A cheque
   * number or note that the payment has no longer is emptied; Procore takes no empty payment
   * method, so that of before stays when the ERP tells none now.
   */
  @Override
  public InProcore patch(long id, Composed composed) {
    ExportedBill bill = composed.bill();
    ObjectNode fields = fields(composed);
    for (String text : List.of("check_number", "notes")) {
      if (!fields.has(text)) {
        fields.put(text, "");
      }
    }
    return checked(
        composed, client.updateContractPayment(bill.projectId(), bill.contractId(), id, fields));
  }

  /** Last step of a change: sets the key, which locks the payment again. May be repeated. */
  @Override
  public void setOrigin(ExportedBill bill, long id, String originId) {
    accept(bill, new ExternalDataRow(ITEM_TYPE, id, originId, null, null));
  }

  /**
   * Removes an unlocked payment. May be repeated.
   *
   * @return whether it was there
   */
  @Override
  public boolean remove(ExportedBill bill, long id) {
    return client.deleteContractPayment(bill.projectId(), bill.contractId(), id);
  }

  private void accept(ExportedBill bill, ExternalDataRow row) {
    Marks.Mark mark =
        new Marks.Mark(row, (Long) bill.projectId(), "commitment", (Long) bill.contractId());
    SyncOutcome<ExternalDataRow.Key> outcome = marks.write(List.of(mark)).get(0);
    if (outcome.state() == SyncOutcome.State.REFUSED) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Procore refuses the key of contract payment " + row.itemId() + ": " + outcome.words(),
          "See whether another payment in Procore has this key, then replay.");
    }
    if (!outcome.accepted()) {
      throw Failure.of(
          FailureKind.TRANSIENT,
          "key of contract payment " + row.itemId() + ": " + outcome.words(),
          "");
    }
  }

  private static ObjectNode fields(Composed composed) {
    ExportedBill bill = composed.bill();
    ObjectNode fields =
        Json.object()
            .put("date", composed.date().toString())
            .put("amount", composed.amount().toString())
            .put("requisition_id", bill.requisitionId())
            .put("invoice_number", bill.number());
    if (bill.date() != null) {
      fields.put("invoice_date", bill.date().toString());
    }
    if (composed.method() != null) {
      fields.put("payment_method", word(composed.method()));
    }
    if (composed.checkNumber() != null) {
      fields.put("check_number", composed.checkNumber());
    }
    if (composed.notes() != null) {
      fields.put("notes", composed.notes());
    }
    return fields;
  }

  static String word(BillPayment.Method method) {
    return switch (method) {
      case CHECK -> "check";
      case CREDIT_CARD -> "credit_card";
      case ELECTRONIC -> "electronic";
    };
  }

  /**
   * Procore stores a date that it does not understand as nothing, without an error (reference
   * section 3): the answer is read back.
   */
  private static InProcore checked(Composed composed, JsonNode row) {
    InProcore shown = inProcore(row);
    if (!shown.amount().equals(composed.amount()) || !composed.date().equals(shown.date())) {
      throw Failure.of(
          FailureKind.REFUSED,
          "contract payment "
              + shown.id()
              + " shows "
              + shown.amount()
              + " of "
              + shown.date()
              + " after "
              + composed.amount()
              + " of "
              + composed.date()
              + " was written",
          "Correct the payment in Procore by hand and tell whoever runs Tieback.");
    }
    return shown;
  }
}
