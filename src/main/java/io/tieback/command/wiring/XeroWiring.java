package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.xero.XeroConnection;
import io.tieback.erp.xero.XeroConnection.Addresses;
import io.tieback.erp.xero.XeroConnection.BillStatus;
import io.tieback.erp.xero.XeroConnection.Bills;
import io.tieback.erp.xero.XeroConnection.Catalogue;
import io.tieback.erp.xero.XeroConnection.Files;
import io.tieback.erp.xero.XeroConnection.Grant;
import io.tieback.erp.xero.XeroConnection.Orders;
import io.tieback.erp.xero.XeroConnection.SignIn;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.InvoiceKeys;
import io.tieback.platform.keys.OrderKeys;
import io.tieback.platform.keys.XeroKeys;
import java.net.URI;
import java.util.Set;

/** Turns the settings of a connection into what the Xero adapter wants. */
final class XeroWiring {

  private XeroWiring() {}

  static XeroConnection connection(Settings settings, String name) {
    URI api = settings.get(XeroKeys.URL, name);
    String root = api.toString().replaceAll("/+$", "");
    URI identity = settings.get(XeroKeys.IDENTITY_URL, name);
    URI login = settings.get(XeroKeys.LOGIN_URL, name);
    Addresses addresses = addresses(root, identity, login);
    SignIn signIn =
        new SignIn(
            settings.get(XeroKeys.CLIENT_ID, name),
            settings.get(XeroKeys.CLIENT_SECRET, name),
            settings.get(XeroKeys.GRANT, name).equals(XeroKeys.CLIENT_CREDENTIALS)
                ? Grant.CLIENT_CREDENTIALS
                : Grant.AUTHORIZATION_CODE,
            settings.get(XeroKeys.REDIRECT_URI, name),
            settings.get(XeroKeys.SCOPES, name),
            settings.find(XeroKeys.TENANT_ID, name).orElse(null));
    Bills bills =
        new Bills(
            BillStatus.valueOf(settings.get(XeroKeys.BILL_STATUS, name)),
            settings.find(XeroKeys.TRACKING_CATEGORY_ID, name).orElse(null),
            settings.find(InvoiceKeys.DEFAULT_ACCOUNT, name).orElse(null),
            settings.find(InvoiceKeys.RETAINAGE_ACCOUNT, name).orElse(null));
    return new XeroConnection(
        new ConnectionId(name),
        addresses,
        signIn,
        bills,
        new Catalogue(
            settings.get(XeroKeys.TRACKING_CATEGORY_NAME, name),
            settings.get(XeroKeys.TRACKING_OPTIONS, name),
            settings.get(XeroKeys.ITEMS, name)),
        new Orders(
            BillStatus.valueOf(settings.get(OrderKeys.STATUS, name)),
            settings.get(OrderKeys.BILLED_TAKE_LINES, name)),
        new Files(
            settings.get(InvoiceKeys.ATTACHMENTS, name).equals("files"),
            settings.get(XeroKeys.ATTACHMENTS, name),
            settings.get(XeroKeys.ATTACHMENT_MEGABYTES, name) * 1_000_000L,
            Set.copyOf(settings.get(XeroKeys.ATTACHMENT_TYPES, name))),
        settings.get(XeroKeys.TIME_OUT, name),
        settings.get(XeroKeys.DOCUMENTS_PER_CALL, name),
        false);
  }

  private static Addresses addresses(String api, URI identity, URI login) {
    String token = identity.toString().replaceAll("/+$", "");
    String sign = login.toString().replaceAll("/+$", "");
    return new Addresses(
        URI.create(api + "/api.xro/2.0"),
        URI.create(token),
        URI.create(sign),
        URI.create(api + "/connections"));
  }
}
