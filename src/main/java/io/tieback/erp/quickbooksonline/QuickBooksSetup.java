package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.PaymentTerms;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reads a company's set-up, its tax codes and its vendors' terms (reference sections 3.4 and 3.9),
 * and keeps each answer for a quarter of an hour, since reads are metered.
 */
final class QuickBooksSetup {

  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final Set<String> SYSTEM = Set.of("Accounts Payable", "Accounts Receivable");
  private static final String CURRENT_LIABILITY = "Other Current Liability";

  private final QuickBooksConnection connection;
  private final QuickBooksCalls calls;
  private final QuickBooksCatalogue catalogue;
  private final Clock clock;
  private final Map<String, Kept<?>> kept = new ConcurrentHashMap<>();

  QuickBooksSetup(
      QuickBooksConnection connection,
      QuickBooksCalls calls,
      QuickBooksCatalogue catalogue,
      Clock clock) {
    this.connection = connection;
    this.calls = calls;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  private record Kept<T>(Instant until, T value) {}

  /** Company, home currency, closing date and accounts: three calls. */
  ErpSetup read() {
    return keep(
        "setup",
        () -> {
          JsonNode preferences = preferences();
          return new ErpSetup(
              calls.realm(),
              QuickBooksJson.text(company(), "CompanyName"),
              QuickBooksJson.reference(preferences.path("CurrencyPrefs"), "HomeCurrency"),
              closedThrough(preferences),
              accounts());
        });
  }

  /** The company as QuickBooks describes it, fresh. */
  JsonNode company() {
    return calls
        .read("CompanyInfo", calls.realm(), "reading the company")
        .orElseThrow(
            () -> Failure.of(FailureKind.TRANSIENT, "QuickBooks Online shows no company", ""));
  }

  /** The company's preferences, fresh. */
  JsonNode preferences() {
    List<JsonNode> found =
        calls.query("select * from Preferences", "Preferences", "reading preferences").records();
    if (found.isEmpty()) {
      throw Failure.of(FailureKind.TRANSIENT, "QuickBooks Online shows no preferences", "");
    }
    return found.get(0);
  }

  /** Last day of the closed period, or null. */
  static LocalDate closedThrough(JsonNode preferences) {
    return QuickBooksJson.date(preferences.path("AccountingInfoPrefs"), "BookCloseDate");
  }

  /**
   * All accounts by what settings may call them: number, whole name, name; of two the first of
   * these counts.
   */
  Map<String, ErpSetup.Account> accounts() {
    Map<String, ErpSetup.Account> accounts = new HashMap<>();
    List<JsonNode> all = catalogue.accounts();
    for (String field : List.of("AcctNum", "FullyQualifiedName", "Name")) {
      for (JsonNode account : all) {
        String code = QuickBooksJson.text(account, field);
        if (code != null) {
          accounts.putIfAbsent(code, account(account));
        }
      }
    }
    return accounts;
  }

  private static ErpSetup.Account account(JsonNode account) {
    String type = String.valueOf(QuickBooksJson.text(account, "AccountType"));
    return new ErpSetup.Account(
        QuickBooksCatalogue.codeOf(account),
        QuickBooksJson.text(account, "Name"),
        type,
        QuickBooksJson.isActive(account),
        CURRENT_LIABILITY.equals(type),
        SYSTEM.contains(type));
  }

  /**
   * Percentages on purchases by the id of the tax code: two calls, none for a company in the US. A
   * code whose taxes build on one another has no plain percentage and is left out.
   */
  Map<String, BigDecimal> taxRates() {
    if (!connection.style().tax()) {
      return Map.of();
    }
    return keep(
        "tax rates",
        () -> {
          Map<String, BigDecimal> percent = new HashMap<>();
          for (JsonNode rate :
              calls.query("select * from TaxRate", "TaxRate", "reading tax rates").records()) {
            if (QuickBooksJson.isActive(rate) && rate.path("RateValue").isNumber()) {
              percent.put(QuickBooksJson.id(rate), rate.path("RateValue").decimalValue());
            }
          }
          Map<String, BigDecimal> codes = new LinkedHashMap<>();
          for (JsonNode code :
              calls.query("select * from TaxCode", "TaxCode", "reading tax codes").records()) {
            if (QuickBooksJson.isActive(code)) {
              sum(code, percent).ifPresent(sum -> codes.put(QuickBooksJson.id(code), sum));
            }
          }
          return codes;
        });
  }

  private static Optional<BigDecimal> sum(JsonNode code, Map<String, BigDecimal> percent) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode detail : code.path("PurchaseTaxRateList").path("TaxRateDetail")) {
      BigDecimal one = percent.get(QuickBooksJson.reference(detail, "TaxRateRef"));
      String on = QuickBooksJson.text(detail, "TaxTypeApplicable");
      if (one == null || on != null && !on.equals("TaxOnAmount")) {
        return Optional.empty();
      }
      sum = sum.add(one);
    }
    return Optional.of(sum);
  }

  /**
   * The terms of a vendor: two calls.
   *
   * @throws Failure REFUSED when QuickBooks does not have the vendor
   */
  Optional<PaymentTerms> paymentTerms(String vendor) {
    return keep(
        "terms of vendor " + vendor,
        () -> {
          String doing = "reading the payment terms of a vendor";
          String terms =
              QuickBooksJson.reference(
                  calls
                      .read("Vendor", vendor, doing)
                      .orElseThrow(
                          () ->
                              Failure.of(
                                  FailureKind.REFUSED,
                                  "QuickBooks Online has no vendor " + vendor,
                                  "Check the link of the company.")),
                  "TermRef");
          return terms == null
              ? Optional.empty()
              : calls.read("Term", terms, doing).flatMap(QuickBooksPaymentTerms::of);
        });
  }

  @SuppressWarnings("unchecked")
  private <T> T keep(String what, Supplier<T> read) {
    Kept<?> present = kept.get(what);
    if (present != null && clock.instant().isBefore(present.until())) {
      return (T) present.value();
    }
    T value = read.get();
    kept.put(what, new Kept<>(clock.instant().plus(KEPT), value));
    return value;
  }
}
