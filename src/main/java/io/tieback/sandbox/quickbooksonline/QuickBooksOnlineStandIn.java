package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.StandIn;
import io.tieback.sandbox.kit.Surroundings;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Intuit's sign-in and the part of the QuickBooks Online Accounting API that the connector uses, in
 * memory and never kinder than the real one. One address stands for appcenter.intuit.com ({@code
 * GET /connect/oauth2}), oauth.platform.intuit.com ({@code POST /oauth2/v1/tokens/bearer}),
 * developer.api.intuit.com ({@code POST /v2/oauth2/tokens/revoke}) and quickbooks.api.intuit.com
 * ({@code /v3/company/{realmId}/…}: entities, query, cdc, batch, upload, preferences, companyinfo).
 *
 * <p>Seed: {@code {"apps":[{clientId, clientSecret, redirectUris, realmId, name}],
 * "companies":[{realmId, name, country (US), homeCurrency (USD), timezone (America/Los_Angeles),
 * bookCloseDate, multiCurrency, classTrackingPerLine, projectsEnabled, billableByDefault,
 * purchaseOrders, offering, Account:[…], Term:[…], TaxRate:[…], TaxCode:[…], Class:[…], Vendor:[…],
 * Customer:[…], Employee:[…], Item:[…], PurchaseOrder:[…], Bill:[…], VendorCredit:[…],
 * JournalEntry:[…], Purchase:[…], BillPayment:[…], Budget:[…]}]}}. Objects are written with the
 * properties of the API and pass its rules; an {@code Id} that is given is kept (vendors, customers
 * and employees share one sequence of ids, transactions another), others are made; {@code
 * Customer.IsProject} may be set. Bills need an account of type Accounts Payable. Consent is given
 * at once, for the app's {@code realmId}, else for the first company.
 *
 * <p>Vendor effects of faults: {@code expireTokens} (every access token is expired), {@code
 * revokeTokens} (access and refresh tokens are dead). Switches: {@link QuickBooksSwitches}; a
 * client that does not pace itself meets {@code callsPerSecond} first. Control routes: {@link
 * Bookkeeper} and {@link Uploads}.
 *
 * <p>Not here: sales, estimates, webhooks, GraphQL, reports, attachments' download, time zones of
 * documents other than the company's.
 */
public final class QuickBooksOnlineStandIn implements StandIn {
  private static final String API = "/v3/company/";

  private final SandboxClock clock;
  private final Switches switches = QuickBooksSwitches.make();
  private final Map<String, Company> companies = new LinkedHashMap<>();
  private final OAuth oauth;
  private final Limits limits;
  private final RequestIds requestIds;
  private final Gate gate;

  /** An empty service. */
  public QuickBooksOnlineStandIn(Surroundings surroundings) {
    clock = surroundings.clock();
    oauth = new OAuth(companies, switches, clock);
    limits = new Limits(switches);
    requestIds = new RequestIds(switches);
    gate = new Gate(oauth, companies, limits, requestIds, switches, clock);
  }

  @Override
  public String name() {
    return "quickbooksonline";
  }

  @Override
  public void routes(Router router) {
    oauth.routes(router);
    new ChangeData(gate).routes(router);
    new Batch(gate).routes(router);
    new Uploads(gate, companies).routes(router);
    new Entities(gate).routes(router);
  }

  @Override
  public void controlRoutes(Router router) {
    new Bookkeeper(companies, switches, clock).routes(router);
    new Uploads(gate, companies).controlRoutes(router);
  }

  @Override
  public Answer notFound(Call call) {
    return Gate.trace(Answer.text(404, "text/html; charset=utf-8", ""));
  }

  @Override
  public void reset() {
    companies.clear();
    oauth.clear();
    limits.clear();
    requestIds.clear();
    switches.reset();
  }

  @Override
  public ObjectNode seed(ObjectNode seed) {
    return new Seeds(oauth, companies, switches).add(seed, clock.instant());
  }

  @Override
  public ObjectNode settings() {
    return switches.values();
  }

  @Override
  public void settings(ObjectNode changes) {
    switches.change(changes);
  }

  @Override
  public Set<String> vendorEffects() {
    return Set.of("expireTokens", "revokeTokens");
  }

  @Override
  public void vendorEffect(String effect, Call call) {
    if (effect.equals("revokeTokens")) {
      oauth.revokeAll();
    } else {
      oauth.expireAll();
    }
  }

  @Override
  public void arrived(Call call) {
    oauth.arrived(call);
    if (call.path().startsWith(API)) {
      String rest = call.path().substring(API.length());
      int slash = rest.indexOf('/');
      limits.arrived(call.ordinal(), slash < 0 ? rest : rest.substring(0, slash));
    }
  }

  @Override
  public void left(Call call) {
    oauth.left(call);
    limits.left(call.ordinal());
  }
}
