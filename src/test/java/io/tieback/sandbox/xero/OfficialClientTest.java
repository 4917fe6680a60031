package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.auth.oauth2.ClientCredentialsTokenRequest;
import com.google.api.client.http.BasicAuthentication;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.xero.api.ApiClient;
import com.xero.api.client.AccountingApi;
import com.xero.models.accounting.Contact;
import com.xero.models.accounting.Invoice;
import com.xero.models.accounting.Invoices;
import com.xero.models.accounting.LineAmountTypes;
import com.xero.models.accounting.LineItem;
import com.xero.models.accounting.LineItemTracking;
import com.xero.models.accounting.Payment;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.threeten.bp.LocalDate;

/**
 * Xero's own Java client (4.29.1) works with the stand-in when nothing but host and credentials is
 * changed. Its amounts are doubles, ours never.
 */
class OfficialClientTest {
  private final XeroWorld xero = new XeroWorld();

  @AfterEach
  void close() {
    xero.close();
  }

  private String signIn() throws IOException {
    return new ClientCredentialsTokenRequest(
            new NetHttpTransport(),
            GsonFactory.getDefaultInstance(),
            new GenericUrl(xero.url + "/connect/token"))
        .setScopes(List.of(XeroWorld.ALL_SCOPES.split(" ")))
        .setClientAuthentication(new BasicAuthentication("custom", "cs"))
        .execute()
        .getAccessToken();
  }

  private static Invoice bill() {
    Invoice bill = new Invoice();
    Contact contact = new Contact();
    contact.setContactID(UUID.fromString(XeroWorld.VENDOR));
    LineItemTracking tracking = new LineItemTracking();
    tracking.setTrackingCategoryID(UUID.fromString(XeroWorld.PROJECTS));
    tracking.setTrackingOptionID(UUID.fromString(XeroWorld.TOWER));
    LineItem line = new LineItem();
    line.setDescription("Formwork");
    line.setQuantity(3.0);
    line.setUnitAmount(250.125);
    line.setAccountCode("815");
    line.setTaxType("NONE");
    line.addTrackingItem(tracking);
    bill.setType(Invoice.TypeEnum.ACCPAY);
    bill.setContact(contact);
    bill.setInvoiceNumber("SDK-1");
    bill.setDate(LocalDate.of(2026, 3, 31));
    bill.setDueDate(LocalDate.of(2026, 4, 30));
    bill.setLineAmountTypes(LineAmountTypes.NOTAX);
    bill.setStatus(Invoice.StatusEnum.AUTHORISED);
    bill.addLineItemsItem(line);
    return bill;
  }

  @Test
  void createsAndReadsABillAndListsPayments() throws IOException {
    String token = signIn();
    AccountingApi api =
        new AccountingApi(new ApiClient(xero.url + "/api.xro/2.0", null, null, null, null));
    Invoices sent = new Invoices();
    sent.addInvoicesItem(bill());
    Invoice made =
        api.createInvoices(token, XeroWorld.TENANT, sent, "key-1", false, 4).getInvoices().get(0);
    assertThat(made.getTotal()).isEqualTo(750.38);
    Invoice read =
        api.getInvoice(token, XeroWorld.TENANT, made.getInvoiceID(), 4).getInvoices().get(0);
    assertThat(read.getStatus()).isEqualTo(Invoice.StatusEnum.AUTHORISED);
    assertThat(read.getDateAsDate()).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(read.getLineItems().get(0).getTracking().get(0).getOption())
        .isEqualTo("Harbour Tower");

    xero.control(
        "POST",
        "pay",
        "{'tenantId':'"
            + XeroWorld.TENANT
            + "','accountCode':'090','date':'2026-05-01','batch':true,'invoices':[{'invoiceId':'"
            + made.getInvoiceID()
            + "','amount':750.38}]}");
    Payment payment =
        api.getPayments(token, XeroWorld.TENANT, null, "PaymentType==\"ACCPAYPAYMENT\"", null, 1)
            .getPayments()
            .get(0);
    assertThat(payment.getAmount()).isEqualTo(750.38);
    assertThat(payment.getInvoice().getInvoiceID()).isEqualTo(made.getInvoiceID());
    assertThat(payment.getBatchPayment().getTotalAmount()).isEqualTo(750.38);
    assertThat(api.getOrganisations(token, XeroWorld.TENANT).getOrganisations().get(0).getName())
        .isEqualTo("Harbour Builders");
    assertThatThrownBy(() -> api.getInvoice("wrong", XeroWorld.TENANT, made.getInvoiceID(), 4))
        .isInstanceOf(com.xero.api.XeroUnauthorizedException.class);
  }
}
