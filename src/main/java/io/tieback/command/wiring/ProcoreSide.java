package io.tieback.command.wiring;

import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.LedgerCallBudget;
import io.tieback.flow.LedgerTokenVault;
import io.tieback.ledger.Budgets;
import io.tieback.ledger.Ledger;
import io.tieback.platform.SecretBox;
import io.tieback.platform.Settings;
import io.tieback.platform.SettingsException;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.PaymentKeys;
import io.tieback.platform.keys.ProcoreKeys;
import io.tieback.procore.ProcoreClient;
import io.tieback.procore.ProcoreConnection;
import io.tieback.procore.ProcoreSettings;
import io.tieback.procore.ProcoreTokens;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Http;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Procore's side of a connection. */
record ProcoreSide(ProcoreConnection connection, ProcoreClient client) {

  private static final String SYSTEM = "procore";
  private static final int CALLS_AT_ONCE = 20;

  /**
   * With fewer calls allowed in ten seconds each is counted on its own: leave that is taken ahead
   * and not used would be felt.
   */
  private static final int MANY_CALLS = 1_000;

  static ProcoreSide of(
      Settings settings,
      ConnectionId id,
      Ledger ledger,
      SecretBox secrets,
      Http http,
      CallCounter counter,
      Clock clock) {
    String name = id.value();
    ProcoreConnection connection =
        new ProcoreConnection(
            id,
            settings.get(ProcoreKeys.COMPANY_ID, name),
            settings.get(ProcoreKeys.URL, name),
            settings.get(ProcoreKeys.LOGIN_URL, name),
            settings.get(ProcoreKeys.CLIENT_ID, name),
            settings.get(ProcoreKeys.CLIENT_SECRET, name),
            settings.get(ProcoreKeys.WEBHOOK_AUTHORIZATION, name),
            settings.get(ProcoreKeys.NAMESPACE, name),
            settings.find(ProcoreKeys.WEBHOOK_DESTINATION, name).orElse(null),
            settings.get(ProcoreKeys.WEB_URL, name),
            settings.find(ProcoreKeys.PROJECTS, name).orElse(List.of()).stream()
                .map(Long::valueOf)
                .toList(),
            settings.find(ProcoreKeys.APPLICATION_ID, name).orElse(null),
            facts(settings, name));
    LedgerTokenVault vault = new LedgerTokenVault(ledger, secrets, id, SYSTEM);
    int spike = settings.get(ProcoreKeys.SPIKE_CALLS, name);
    int hour = settings.get(ProcoreKeys.CALLS_PER_HOUR, name);
    LedgerCallBudget budget =
        new LedgerCallBudget(
            ledger,
            id,
            SYSTEM,
            List.of(
                new Budgets.Window("spike", Duration.ofSeconds(10), spike),
                new Budgets.Window("hour", Duration.ofHours(1), hour)),
            0,
            spike < MANY_CALLS ? 1 : CALLS_AT_ONCE,
            clock);
    ProcoreTokens tokens = new ProcoreTokens(http, connection, vault, counter, clock);
    return new ProcoreSide(
        connection, new ProcoreClient(http, connection, tokens, budget, counter, clock));
  }

  /** Settings that contradict each other are refused at the start rather than when money moves. */
  private static void checkPayments(Settings settings, String name) {
    if (settings.get(ProcoreKeys.PAYMENTS_INTERFACE, name).equals("invoice_payments")
        && settings.get(ApprovalKeys.DOOR, name).equals(ApprovalKeys.TIEBACK)) {
      throw new SettingsException(
          List.of(
              "connection."
                  + name
                  + ".door is tieback, and procore.payments-interface is invoice_payments, which is"
                  + " the ERP tab's own: set procore.payments-interface to contract_payments"));
    }
    if (settings.get(ProcoreKeys.PAYMENTS_INTERFACE, name).equals("invoice_payments")
        && settings.get(PaymentKeys.DELETED_PAYMENT, name).equals("remove")) {
      throw new SettingsException(
          List.of(
              "connection."
                  + name
                  + ".payments.deleted-payment is remove, and procore.payments-interface is"
                  + " invoice_payments, which has no published way to remove a payment: set"
                  + " payments.deleted-payment to flag or zero, or use contract_payments"));
    }
  }

  private static ProcoreSettings facts(Settings settings, String name) {
    checkPayments(settings, name);
    ProcoreSettings standard = ProcoreSettings.defaults();
    return new ProcoreSettings(
        settings.get(ProcoreKeys.DETAILS_SYNC_WRAPPER, name).equals("updates")
            ? ProcoreSettings.DetailsWrapper.UPDATES
            : ProcoreSettings.DetailsWrapper.BARE,
        settings.get(ProcoreKeys.REQUISITION_VIEW, name).equals("extended")
            ? ProcoreSettings.RequisitionView.EXTENDED
            : ProcoreSettings.RequisitionView.ITEMS,
        settings.get(ProcoreKeys.PAYMENTS_INTERFACE, name).equals("invoice_payments")
            ? ProcoreSettings.PaymentsInterface.INVOICE_PAYMENTS
            : ProcoreSettings.PaymentsInterface.CONTRACT_PAYMENTS,
        new ProcoreSettings.InvoicePaymentFields(
            settings.get(ProcoreKeys.INVOICE_PAYMENT_AMOUNT_FIELD, name),
            settings.get(ProcoreKeys.INVOICE_PAYMENT_DATE_FIELD, name)),
        settings.get(ProcoreKeys.STAGED_RECORDS_PATH, name),
        standard.syncRows(),
        standard.timeout());
  }

  static ArithmeticSettings arithmetic(Settings settings, String name) {
    return new ArithmeticSettings(
        settings.get(ProcoreKeys.LINE_AMOUNT, name).equals("net")
            ? ArithmeticSettings.LineAmount.NET
            : ArithmeticSettings.LineAmount.GROSS,
        true);
  }
}
