package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.procore.ContractPayments.Composed;
import io.tieback.procore.ContractPayments.ExportedBill;
import io.tieback.procore.ContractPayments.InProcore;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Payments through the ERP tab's own sync ({@code procore.payments-interface = invoice_payments},
 * GEN-API-41). Published are the call, the invoice and the key of a row, and the rule of sync
 * actions: a key alone finds the row or creates it, an id with a key finds the row and changes its
 * key (Procore reference section 3). So a row never comes twice however often it is sent.
 *
 * <p>Not published are the names of the fields for amount and day: they are settings, and each
 * answer is read back, so that a payment without its amount is noticed at once. Nor is there a
 * list, or a known way to remove a row.
 */
public final class InvoicePayments implements PaymentsIssued {

  private static final String OF = "invoice payment";

  private final ProcoreClient client;
  private final String erp;
  private final ProcoreSettings.InvoicePaymentFields fields;

  /**
   * @param client the company's client
   * @param erp short name of the ERP in origin ids, such as {@code xero}
   */
  public InvoicePayments(ProcoreClient client, String erp) {
    this.client = client;
    this.erp = erp;
    this.fields = client.connection().settings().invoicePaymentFields();
  }

  @Override
  public Composed compose(BillPayment payment, ExportedBill bill) {
    return ContractPayments.composed(erp, client.connection().connection(), payment, bill);
  }

  /** Nothing can be listed: the row is sent again under its key, which finds it or creates it. */
  @Override
  public Optional<InProcore> lookUp(Composed composed) {
    return Optional.of(create(composed));
  }

  @Override
  public InProcore create(Composed composed) {
    return written(composed, row(composed));
  }

  /** Nothing to do: the sync of the ERP tab changes its rows under their key. */
  @Override
  public void clearOrigin(ExportedBill bill, long id) {}

  @Override
  public InProcore patch(long id, Composed composed) {
    ObjectNode row = row(composed).put("id", id);
    if (composed.checkNumber() == null) {
      row.put("check_number", "");
    }
    if (composed.notes() == null) {
      row.put("notes", "");
    }
    return written(composed, row);
  }

  /** Nothing to do: {@link #patch} has set the key. */
  @Override
  public void setOrigin(ExportedBill bill, long id, String originId) {}

  @Override
  public boolean remove(ExportedBill bill, long id) {
    throw Failure.of(
        FailureKind.REFUSED,
        "invoice payment " + id + " cannot be removed: Procore publishes no call for it",
        "Have Procore's support remove the payment (GEN-PAY-11), then discard the dead letter.");
  }

  private ObjectNode row(Composed composed) {
    ObjectNode row =
        Json.object()
            .put("invoice_type", "Billings::Requisition")
            .put("invoice_id", composed.bill().requisitionId())
            .put("origin_id", composed.originId())
            .put("origin_code", composed.bill().number())
            .put(fields.amount(), composed.amount().toString())
            .put(fields.date(), composed.date().toString());
    if (composed.method() != null) {
      row.put("payment_method", ContractPayments.word(composed.method()));
    }
    if (composed.checkNumber() != null) {
      row.put("check_number", composed.checkNumber());
    }
    if (composed.notes() != null) {
      row.put("notes", composed.notes());
    }
    return row;
  }

  private InProcore written(Composed composed, ObjectNode row) {
    JsonNode shown = client.syncInvoicePayment(row);
    long id = Fields.id(shown, "id", OF);
    Money amount = Fields.moneyOrNull(shown, fields.amount(), OF);
    LocalDate date = Fields.dateOrNull(shown, fields.date(), OF);
    if (!composed.amount().equals(amount)
        || !composed.date().equals(date)
        || !Objects.equals(composed.originId(), Fields.text(shown, "origin_id"))) {
      throw Failure.of(
          FailureKind.REFUSED,
          "invoice payment "
              + id
              + " does not show "
              + composed.amount()
              + " in "
              + fields.amount()
              + " and "
              + composed.date()
              + " in "
              + fields.date()
              + " after that was written (amount "
              + amount
              + ", date "
              + date
              + ")",
          "Ask Procore what these fields are called and set procore.invoice-payment-amount-field"
              + " and procore.invoice-payment-date-field, then replay the dead letter: it corrects"
              + " this very payment.");
    }
    return new InProcore(id, composed.originId(), amount, date);
  }
}
