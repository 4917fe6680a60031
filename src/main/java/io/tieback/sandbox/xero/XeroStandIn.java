package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.StandIn;
import io.tieback.sandbox.kit.Surroundings;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Xero's identity service and the part of its Accounting API that the connector uses, in memory and
 * never kinder than the real one. One address stands for login.xero.com, identity.xero.com and
 * api.xero.com. Vendor effects of faults: {@code expireTokens} (every access token is expired),
 * {@code revokeTokens} (access and refresh tokens are dead). Switches: {@link XeroSwitches}.
 *
 * <p>Seed: {@code {"apps":[{clientId, clientSecret, grant: authorization_code|client_credentials,
 * redirectUris, tenantId, name}], "organisations":[{tenantId, name, baseCurrency, countryCode,
 * timezone, periodLockDate, endOfYearLockDate, accounts:[{accountId, code, name, type, class,
 * taxType, status, bankAccountType, systemAccount, enablePayments}], taxRates:[{taxType, name,
 * effectiveRate, status, classes}], contacts:[{contactId, name, status, contactNumber, email,
 * paymentTerms}], items:[{itemId, code, name, purchaseAccountCode, purchaseTaxType,
 * purchaseDescription}], trackingCategories:[{trackingCategoryId, name, status,
 * options:[{trackingOptionId, name, status}]}], costs:[as {@link CostEntry} takes them], orders:[as
 * {@link OrderDesk} takes them]}]}}. An organisation is seeded once; consent connects an app with
 * every organisation, or with its {@code tenantId} only.
 *
 * <p>Spend money is entered by people only ({@link CostEntry}); the API reads it. Not here: sales
 * invoices and sales credit notes, prepayments and overpayments (their lists are empty),
 * allocations, attachments of other documents than bills and credit notes, history, webhooks,
 * tracked inventory.
 */
public final class XeroStandIn implements StandIn {
  static final String API = "/api.xro/2.0";

  private final SandboxClock clock;
  private final Switches switches = XeroSwitches.make();
  private final Map<String, Organisation> organisations = new LinkedHashMap<>();
  private final Identity identity;
  private final OAuth oauth;
  private final Limits limits;
  private final IdempotencyKeys keys = new IdempotencyKeys();
  private final Seeds seeds;
  private final Gate gate;
  private final Attachments attachments;

  /** An empty service. */
  public XeroStandIn(Surroundings surroundings) {
    clock = surroundings.clock();
    identity = new Identity(organisations, switches, clock);
    oauth = new OAuth(identity, organisations, clock);
    limits = new Limits(switches);
    seeds = new Seeds(identity, organisations, switches);
    gate = new Gate(identity, organisations, limits, keys, switches, clock);
    attachments = new Attachments(gate);
  }

  @Override
  public String name() {
    return "xero";
  }

  @Override
  public void routes(Router router) {
    oauth.routes(router);
    for (String path : List.of("/connections", "/Connections")) {
      router.get(path).handler(Call.handler(identity::list));
      router.delete(path + "/:id").handler(Call.handler(identity::disconnect));
    }
    new Settings(gate).routes(router);
    new Items(gate).routes(router);
    new Tracking(gate).routes(router);
    new Contacts(gate).routes(router);
    new Bills(gate).routes(router);
    new CreditNotes(gate).routes(router);
    attachments.routes(router);
    new Payments(gate).routes(router);
    new BatchPayments(gate).routes(router);
    new PurchaseOrders(gate).routes(router);
    new BankTransactions(gate).routes(router);
    new TrialBalance(gate).routes(router);
    empty(router, "Prepayments", "payments");
    empty(router, "Overpayments", "payments");
  }

  /** A list that has nothing in it here. */
  private void empty(Router router, String plural, String area) {
    router
        .get(API + "/" + plural)
        .handler(
            gate.guard(
                List.of(area),
                false,
                visit ->
                    new Listing<Stored>(visit, Map.of())
                        .answer(plural, List.of(), any -> Json.object())));
  }

  @Override
  public void controlRoutes(Router router) {
    new Bookkeeper(organisations, switches, clock).routes(router);
    new Catalogue(organisations, clock).routes(router);
    new ContactPeople(organisations, clock).routes(router);
    new OrderDesk(organisations, clock::instant).routes(router);
    attachments.controlRoutes(router);
  }

  @Override
  public Answer notFound(Call call) {
    return Answer.text(404, "text/html; charset=utf-8", "");
  }

  @Override
  public void reset() {
    organisations.clear();
    identity.clear();
    oauth.clear();
    limits.clear();
    keys.clear();
    attachments.clear();
    switches.reset();
  }

  @Override
  public ObjectNode seed(ObjectNode seed) {
    return seeds.add(seed, clock.instant());
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
      identity.revokeAll();
      oauth.revokeAll();
    } else {
      identity.expireAll();
    }
  }

  @Override
  public void arrived(Call call) {
    if (call.path().startsWith(API)) {
      String key = identity.countingKey(call);
      if (key != null) {
        limits.arrived(call.ordinal(), key);
      }
    }
  }

  @Override
  public void left(Call call) {
    limits.left(call.ordinal());
  }
}
