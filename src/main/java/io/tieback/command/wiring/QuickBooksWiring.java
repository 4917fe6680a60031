package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.quickbooksonline.QuickBooksConnection;
import io.tieback.erp.quickbooksonline.QuickBooksConnection.Addresses;
import io.tieback.erp.quickbooksonline.QuickBooksConnection.Files;
import io.tieback.erp.quickbooksonline.QuickBooksConnection.Retainage;
import io.tieback.erp.quickbooksonline.QuickBooksConnection.SignIn;
import io.tieback.erp.quickbooksonline.QuickBooksStyle;
import io.tieback.flow.WorkBreakdownSettings;
import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.platform.keys.InvoiceKeys;
import io.tieback.platform.keys.QuickBooksOnlineKeys;
import java.net.URI;

/** Turns the settings of a connection into what the QuickBooks Online adapter wants. */
final class QuickBooksWiring {

  private QuickBooksWiring() {}

  static QuickBooksConnection connection(Settings settings, String name) {
    Addresses addresses =
        Addresses.at(
            address(settings, QuickBooksOnlineKeys.URL, name),
            address(settings, QuickBooksOnlineKeys.TOKEN_URL, name),
            address(settings, QuickBooksOnlineKeys.REVOCATION_URL, name),
            address(settings, QuickBooksOnlineKeys.CONSENT_URL, name));
    SignIn signIn =
        new SignIn(
            settings.get(QuickBooksOnlineKeys.CLIENT_ID, name),
            settings.get(QuickBooksOnlineKeys.CLIENT_SECRET, name),
            settings.get(QuickBooksOnlineKeys.REDIRECT_URI, name),
            settings.find(QuickBooksOnlineKeys.REALM_ID, name).orElse(null));
    QuickBooksStyle style =
        new QuickBooksStyle(
            settings.get(QuickBooksOnlineKeys.LINES, name).equals("accounts")
                ? QuickBooksStyle.Lines.ACCOUNTS
                : QuickBooksStyle.Lines.ITEMS,
            WorkBreakdownSettings.of(settings, name).accounts(),
            settings.find(QuickBooksOnlineKeys.PAYABLE_ACCOUNT, name).orElse(null),
            settings.find(QuickBooksOnlineKeys.CLASS_ID, name).orElse(null),
            !settings.get(QuickBooksOnlineKeys.TAX, name).equals("none"),
            settings.find(QuickBooksOnlineKeys.INCOME_ACCOUNT, name).orElse(null),
            settings.find(InvoiceKeys.DEFAULT_ACCOUNT, name).orElse(null),
            settings.get(QuickBooksOnlineKeys.ORDER_LINKS, name).equals("lines"));
    return new QuickBooksConnection(
        new ConnectionId(name),
        addresses,
        signIn,
        style,
        new Retainage(
            settings.find(InvoiceKeys.RETAINAGE_ITEM, name).orElse(null),
            settings.find(InvoiceKeys.RETAINAGE_ACCOUNT, name).orElse(null)),
        new Files(
            settings.get(QuickBooksOnlineKeys.ATTACHMENTS, name),
            settings.get(QuickBooksOnlineKeys.ATTACHMENT_MEGABYTES, name) * 1_000_000L),
        settings.get(QuickBooksOnlineKeys.PROJECTS, name).equals("sub_customers"),
        settings.get(ConnectionKeys.TIME_ZONE, name),
        settings.get(QuickBooksOnlineKeys.TIME_OUT, name));
  }

  private static String address(Settings settings, Key<URI> key, String name) {
    return settings.get(key, name).toString().replaceAll("/+$", "");
  }
}
