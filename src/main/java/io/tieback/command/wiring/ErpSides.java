package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.platform.SecretBox;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Http;
import java.time.Clock;
import java.util.List;

/** The one place that knows which accounting systems there are. */
final class ErpSides {

  private ErpSides() {}

  /** Short names of all systems that tokens may be stored of. */
  static List<String> systems() {
    return List.of("procore", ConnectionKeys.XERO, ConnectionKeys.QUICKBOOKS_ONLINE);
  }

  /** The side that a connection's settings choose. */
  static ErpSide of(
      Settings settings,
      ConnectionId id,
      Ledger ledger,
      SecretBox secrets,
      Http http,
      CallCounter counter,
      Clock clock) {
    return ConnectionKeys.isQuickBooksOnline(settings, id.value())
        ? QuickBooksSide.of(settings, id, ledger, secrets, http, counter, clock)
        : XeroSide.of(settings, id, ledger, secrets, http, counter, clock);
  }
}
