package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.quickbooksonline.QuickBooksAdapter;
import io.tieback.erp.quickbooksonline.QuickBooksConnection;
import io.tieback.erp.quickbooksonline.QuickBooksSignIn;
import io.tieback.flow.LedgerCallBudget;
import io.tieback.flow.LedgerTokenVault;
import io.tieback.ledger.Budgets;
import io.tieback.ledger.Ledger;
import io.tieback.platform.SecretBox;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.QuickBooksOnlineKeys;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.TokenVault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** QuickBooks Online's side of a connection. */
final class QuickBooksSide implements ErpSide {

  /** Larger limits than Intuit's are for trying out, and not worth remembering call by call. */
  private static final int ROLLING_AT_MOST = 600;

  private final QuickBooksConnection connection;
  private final QuickBooksSignIn signIn;
  private final QuickBooksAdapter adapter;
  private final LedgerTokenVault vault;

  private QuickBooksSide(
      QuickBooksConnection connection,
      QuickBooksSignIn signIn,
      QuickBooksAdapter adapter,
      LedgerTokenVault vault) {
    this.connection = connection;
    this.signIn = signIn;
    this.adapter = adapter;
    this.vault = vault;
  }

  static QuickBooksSide of(
      Settings settings,
      ConnectionId id,
      Ledger ledger,
      SecretBox secrets,
      Http http,
      CallCounter counter,
      Clock clock) {
    String name = id.value();
    QuickBooksConnection connection = QuickBooksWiring.connection(settings, name);
    LedgerTokenVault vault = new LedgerTokenVault(ledger, secrets, id, QuickBooksAdapter.ERP);
    LedgerCallBudget budget =
        new LedgerCallBudget(
            ledger,
            id,
            QuickBooksAdapter.ERP,
            List.of(
                // A second more than Intuit's minute: a call counts there when it arrives.
                new Budgets.Window(
                    "minute",
                    Duration.ofSeconds(61),
                    settings.get(QuickBooksOnlineKeys.CALLS_PER_MINUTE, name),
                    settings.get(QuickBooksOnlineKeys.CALLS_PER_MINUTE, name) <= ROLLING_AT_MOST,
                    0),
                new Budgets.Window(
                    "second",
                    Duration.ofSeconds(1),
                    settings.get(QuickBooksOnlineKeys.CALLS_PER_SECOND, name),
                    settings.get(QuickBooksOnlineKeys.CALLS_PER_SECOND, name) <= ROLLING_AT_MOST,
                    0)),
            settings.get(QuickBooksOnlineKeys.CONCURRENT, name),
            1,
            clock);
    Http counted =
        call -> {
          counter.called(QuickBooksAdapter.ERP + "." + call.method().toLowerCase(Locale.ROOT));
          return http.send(call);
        };
    QuickBooksSignIn signIn = new QuickBooksSignIn(connection, counted, vault, clock);
    return new QuickBooksSide(
        connection,
        signIn,
        new QuickBooksAdapter(connection, signIn, counted, budget, clock),
        vault);
  }

  @Override
  public QuickBooksAdapter adapter() {
    return adapter;
  }

  @Override
  public Optional<String> companyKey() {
    return vault.read().map(TokenVault.Tokens::tenantId);
  }

  @Override
  public Optional<Consent> consent() {
    return Optional.of(new InBrowser());
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
      return QuickBooksOnlineKeys.REDIRECT_URI.name(connection.id().value());
    }

    @Override
    public URI page(String state) {
      return signIn.authorizeUrl(state);
    }

    @Override
    public SignedIn complete(ConsentAnswer answer) {
      String code =
          answer
              .code()
              .orElseThrow(
                  () ->
                      Failure.of(
                          FailureKind.REFUSED,
                          "Intuit sent no code back with the consent",
                          "Consent again."));
      signIn.complete(code, answer.get("realmId").orElse(null));
      return new SignedIn(companyKey().orElseThrow(), adapter.setup().companyName());
    }
  }
}
