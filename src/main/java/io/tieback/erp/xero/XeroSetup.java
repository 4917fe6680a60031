package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.PaymentTerms;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reads an organisation's set-up and its suppliers' terms (Xero reference sections 4 and 7), and
 * keeps each answer for a quarter of an hour.
 */
final class XeroSetup {

  static final Duration KEPT = Duration.ofMinutes(15);

  private final XeroCalls calls;
  private final Clock clock;
  private final Map<String, Kept<?>> kept = new ConcurrentHashMap<>();

  XeroSetup(XeroCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  private record Kept<T>(Instant until, T value) {}

  /** Company, base currency, lock date and accounts: two calls. */
  ErpSetup read() {
    return keep(
        "setup",
        () -> {
          JsonNode organisation = organisation();
          return new ErpSetup(
              XeroJson.id(organisation, "OrganisationID"),
              XeroJson.text(organisation, "Name"),
              XeroJson.text(organisation, "BaseCurrency"),
              lockedThrough(organisation),
              accounts());
        });
  }

  /**
   * The terms of a supplier: one call.
   *
   * @throws Failure REFUSED when Xero does not have the contact
   */
  Optional<PaymentTerms> paymentTerms(String contactKey) {
    return keep(
        "terms " + contactKey,
        () -> {
          JsonNode contacts =
              calls
                  .get(
                      "/Contacts/" + URLEncoder.encode(contactKey, StandardCharsets.UTF_8),
                      Map.of(),
                      "reading the payment terms of a supplier")
                  .path("Contacts");
          if (contacts.size() != 1) {
            throw Failure.of(
                FailureKind.TRANSIENT,
                "Xero's answer for contact "
                    + contactKey
                    + " holds "
                    + contacts.size()
                    + " contacts",
                "");
          }
          return XeroPaymentTerms.of(contacts.get(0));
        });
  }

  /** Percentages of the active tax rates by tax type: one call. */
  Map<String, BigDecimal> taxRates() {
    return keep(
        "tax rates",
        () -> {
          Map<String, BigDecimal> rates = new HashMap<>();
          for (JsonNode rate :
              calls.get("/TaxRates", Map.of(), "reading tax rates").path("TaxRates")) {
            String type = XeroJson.text(rate, "TaxType");
            JsonNode percent = rate.path("EffectiveRate");
            if (type != null
                && "ACTIVE".equals(XeroJson.text(rate, "Status"))
                && percent.isNumber()) {
              rates.put(type, percent.decimalValue());
            }
          }
          return rates;
        });
  }

  /** The organisation as Xero describes it, fresh. */
  JsonNode organisation() {
    JsonNode organisation =
        calls
            .get("/Organisation", Map.of(), "reading the organisation")
            .path("Organisations")
            .path(0);
    if (!organisation.isObject()) {
      throw Failure.of(FailureKind.TRANSIENT, "Xero's answer holds no organisation", "");
    }
    return organisation;
  }

  /**
   * All accounts by code, fresh; accounts without a code cannot stand on a line and are left out.
   */
  Map<String, ErpSetup.Account> accounts() {
    Map<String, ErpSetup.Account> accounts = new HashMap<>();
    for (JsonNode account : calls.get("/Accounts", Map.of(), "reading accounts").path("Accounts")) {
      String code = XeroJson.text(account, "Code");
      if (code != null) {
        String type = String.valueOf(XeroJson.text(account, "Type"));
        accounts.put(
            code,
            new ErpSetup.Account(
                code,
                XeroJson.text(account, "Name"),
                type,
                "ACTIVE".equals(XeroJson.text(account, "Status")),
                "CURRLIAB".equals(type),
                XeroJson.text(account, "SystemAccount") != null));
      }
    }
    return accounts;
  }

  /** The later of the two lock dates: the one for everybody and the one at the year's end. */
  static LocalDate lockedThrough(JsonNode organisation) {
    LocalDate period = XeroJson.date(organisation, "PeriodLockDate");
    LocalDate year = XeroJson.date(organisation, "EndOfYearLockDate");
    if (period == null || year == null) {
      return period == null ? year : period;
    }
    return period.isAfter(year) ? period : year;
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
