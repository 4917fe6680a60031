package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.xero.XeroAdapter;
import io.tieback.erp.xero.XeroConnection;
import io.tieback.erp.xero.XeroOrganisation;
import io.tieback.erp.xero.XeroSignIn;
import io.tieback.flow.LedgerCallBudget;
import io.tieback.flow.LedgerTokenVault;
import io.tieback.ledger.Budgets;
import io.tieback.ledger.Ledger;
import io.tieback.platform.SecretBox;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.XeroKeys;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Http;
import io.tieback.wire.TokenVault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Xero's side of a connection. */
final class XeroSide implements ErpSide {

  /** Larger limits than Xero's are for trying out, and not worth remembering call by call. */
  private static final int ROLLING_AT_MOST = 600;

  private final XeroConnection connection;
  private final XeroSignIn signIn;
  private final XeroAdapter adapter;
  private final LedgerTokenVault vault;

  private XeroSide(
      XeroConnection connection, XeroSignIn signIn, XeroAdapter adapter, LedgerTokenVault vault) {
    this.connection = connection;
    this.signIn = signIn;
    this.adapter = adapter;
    this.vault = vault;
  }

  static XeroSide of(
      Settings settings,
      ConnectionId id,
      Ledger ledger,
      SecretBox secrets,
      Http http,
      CallCounter counter,
      Clock clock) {
    String name = id.value();
    XeroConnection connection = XeroWiring.connection(settings, name);
    LedgerTokenVault vault = new LedgerTokenVault(ledger, secrets, id, XeroAdapter.ERP);
    LedgerCallBudget budget =
        new LedgerCallBudget(
            ledger,
            id,
            XeroAdapter.ERP,
            List.of(
                // A second more than Xero's minute: a call counts there when it arrives.
                new Budgets.Window(
                    "minute",
                    Duration.ofSeconds(61),
                    settings.get(XeroKeys.CALLS_PER_MINUTE, name),
                    settings.get(XeroKeys.CALLS_PER_MINUTE, name) <= ROLLING_AT_MOST,
                    0),
                new Budgets.Window(
                    "day",
                    Duration.ofDays(1),
                    settings.get(XeroKeys.CALLS_PER_DAY, name),
                    false,
                    settings.get(XeroKeys.CALLS_KEPT, name))),
            settings.get(XeroKeys.CONCURRENT, name),
            1,
            clock);
    Http counted =
        call -> {
          counter.called("xero." + call.method().toLowerCase(java.util.Locale.ROOT));
          return http.send(call);
        };
    XeroSignIn signIn = new XeroSignIn(connection, counted, vault, clock);
    return new XeroSide(
        connection, signIn, new XeroAdapter(connection, signIn, counted, budget, clock), vault);
  }

  @Override
  public XeroAdapter adapter() {
    return adapter;
  }

  @Override
  public Optional<String> companyKey() {
    return vault.read().map(TokenVault.Tokens::tenantId);
  }

  /**
   * None for a custom connection: it is bound to one organisation, and its token comes by itself.
   */
  @Override
  public Optional<Consent> consent() {
    boolean custom = connection.signIn().grant() == XeroConnection.Grant.CLIENT_CREDENTIALS;
    return custom ? Optional.empty() : Optional.of(new InBrowser());
  }

  @Override
  public void disconnect() {
    signIn.disconnect();
  }

  private final class InBrowser implements Consent {
    @Override
    public URI redirectUri() {
      return connection.signIn().redirectUri();
    }

    @Override
    public String redirectSetting() {
      return XeroKeys.REDIRECT_URI.name(connection.id().value());
    }

    @Override
    public URI page(String state) {
      return signIn.authorizeUrl(state);
    }

    @Override
    public SignedIn complete(ConsentAnswer answer) {
      XeroOrganisation organisation = signIn.complete(answer.code().orElse(""));
      return new SignedIn(organisation.tenantId(), organisation.name());
    }
  }
}
