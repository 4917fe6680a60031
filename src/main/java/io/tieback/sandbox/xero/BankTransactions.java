package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Answer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /BankTransactions}, spend money only, reading (reference section 11). Lines come only with
 * a page or a single read (section 3.6).
 */
final class BankTransactions {
  private static final List<String> AREAS = List.of("banktransactions");
  private static final Map<String, Function<SpendMoney, Object>> FIELDS =
      Map.of(
          "Type", spent -> "SPEND",
          "Status", spent -> spent.status,
          "Contact.ContactID", spent -> spent.contactId,
          "Reference", spent -> spent.reference,
          "Date", spent -> spent.date,
          "Total", spent -> spent.totals.total(),
          "UpdatedDateUTC", Stored::updated);

  private final Gate gate;

  BankTransactions(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/BankTransactions";
    router.get(path).handler(gate.guard(AREAS, false, BankTransactions::list));
    router.get(path + "/:id").handler(gate.guard(AREAS, false, BankTransactions::read));
  }

  private static Answer list(Gate.Visit visit) {
    Organisation organisation = visit.organisation();
    Listing<SpendMoney> listing = new Listing<>(visit, FIELDS);
    return listing.answer(
        "BankTransactions",
        listing.select(organisation.spendMoney, any -> true),
        spent -> spent.json(organisation, listing.isPaged(), visit.unitDecimals()));
  }

  private static Answer read(Gate.Visit visit) {
    SpendMoney spent =
        visit.organisation().spendMoney.get(Ids.normal(visit.call().pathParam("id")));
    if (spent == null) {
      throw Refusal.notFound();
    }
    return Envelope.one(
        visit, "BankTransactions", spent.json(visit.organisation(), true, visit.unitDecimals()));
  }
}
