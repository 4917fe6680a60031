package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.currency;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.timeZone;

import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.Subject;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;

/** What a connection is. */
public final class ConnectionKeys {

  /** Xero, as a value of {@link #ERP}. */
  public static final String XERO = "xero";

  /** QuickBooks Online, as a value of {@link #ERP}. */
  public static final String QUICKBOOKS_ONLINE = "quickbooksonline";

  /** Accounting system. */
  public static final Key<String> ERP =
      Key.ofConnection("erp", oneOf(XERO, QUICKBOOKS_ONLINE))
          .standard(XERO)
          .described("The accounting system on the other side.");

  /** Time zone of the company. */
  public static final Key<ZoneId> TIME_ZONE =
      Key.ofConnection("time-zone", timeZone())
          .example("America/Chicago")
          .required()
          .described("The company's time zone: decides which day it is for dates and schedules.");

  /** Currency of the books. */
  public static final Key<Currency> CURRENCY =
      Key.ofConnection("currency", currency())
          .example("USD")
          .required()
          .described(
              "The currency of the books. An invoice in another one is refused; nothing is"
                  + " converted.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "A connection",
          "Repeat these for each name that 'connections' lists.",
          List.of(ERP, TIME_ZONE, CURRENCY));

  private ConnectionKeys() {}

  /** Whether a connection's accounting system is QuickBooks Online. */
  public static boolean isQuickBooksOnline(Settings settings, String connection) {
    return settings.get(ERP, connection).equals(QUICKBOOKS_ONLINE);
  }
}
