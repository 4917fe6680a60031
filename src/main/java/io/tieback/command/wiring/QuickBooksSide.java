package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.quickbooksonline.QuickBooksAdapter;
import io.tieback.erp.quickbooksonline.QuickBooksConnection;
import io.tieback.erp.quickbooksonline.QuickBooksSignIn;
import io.tieback.flow.LedgerCallBudget;
import io.tieback.flow.LedgerTokenVault;
import io.tieback.ledger.Budgets;
import io.tieback.ledger.Connections;
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
import java.util.function.Supplier;

/** QuickBooks Online's side of a connection. */
final class QuickBooksSide implements ErpSide {

  /** Larger limits than Intuit's are for trying out, and not worth remembering call by call. */
  private static final int ROLLING_AT_MOST = 600;

  private final QuickBooksConnection connection;
  private final QuickBooksSignIn signIn;
  private final QuickBooksAdapter adapter;
  private final LedgerTokenVault vault;
  private final Supplier<Optional<String>> joined;

  private QuickBooksSide(
      QuickBooksConnection connection,
      QuickBooksSignIn signIn,
      QuickBooksAdapter adapter,
      LedgerTokenVault vault,
      Supplier<Optional<String>> joined) {
    this.joined = joined;
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
        vault,
        () -> ledger.connections().get(id).map(Connections.Connection::erpTenant));
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

    /**
     * Before any token is stored: a running connector would go on with them, in books where the
     * same small keys mean other records.
     */
    private void refuseAnother(String realm) {
      joined
          .get()
          .filter(company -> realm != null && !company.equals(realm))
          .ifPresent(
              company -> {
                throw Failure.of(
                    FailureKind.REFUSED,
                    "company "
                        + realm
                        + " was consented to, but connection "
                        + connection.id()
                        + " has joined company "
                        + company
                        + " so far; nothing was stored",
                    "Consent to that company, or set up a connection of its own for the other"
                        + " (QBO-CFG-03).");
              });
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
      String realm = answer.get("realmId").orElse(null);
      refuseAnother(realm);
      signIn.complete(code, realm);
      return new SignedIn(companyKey().orElseThrow(), adapter.setup().companyName());
    }
  }
}
