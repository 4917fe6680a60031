package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** CompanyInfo and Preferences (reference section 3.9), and the settings that they show. */
final class CompanySettings {
  static final String[] FIELDS = {
    "name",
    "country",
    "homeCurrency",
    "timezone",
    "bookCloseDate",
    "multiCurrency",
    "classTrackingPerLine",
    "projectsEnabled",
    "billableByDefault",
    "purchaseOrders",
    "offering"
  };

  private CompanySettings() {}

  /** Takes what is named over into the company and shows it. */
  static void change(Company company, JsonNode wanted, Instant now) {
    try {
      company.zone = ZoneId.of(text(wanted, "timezone", company.zone.getId()));
      if (wanted.has("bookCloseDate")) {
        String day = Json.text(wanted, "bookCloseDate");
        company.bookCloseDate = day == null ? null : LocalDate.parse(day);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "timezone takes a zone like America/Denver, bookCloseDate a date or null", e);
    }
    company.name = text(wanted, "name", company.name);
    company.country = text(wanted, "country", company.country);
    company.homeCurrency = text(wanted, "homeCurrency", company.homeCurrency);
    company.offering = text(wanted, "offering", company.offering);
    company.multiCurrency = flag(wanted, "multiCurrency", company.multiCurrency);
    company.classPerLine = flag(wanted, "classTrackingPerLine", company.classPerLine);
    company.projectsEnabled = flag(wanted, "projectsEnabled", company.projectsEnabled);
    company.billableByDefault = flag(wanted, "billableByDefault", company.billableByDefault);
    company.purchaseOrders = flag(wanted, "purchaseOrders", company.purchaseOrders);
    put(company, Kind.COMPANY_INFO, info(company), now);
    put(company, Kind.PREFERENCES, preferences(company), now);
  }

  private static String text(JsonNode wanted, String field, String present) {
    String text = Json.text(wanted, field);
    return text == null ? present : text;
  }

  private static boolean flag(JsonNode wanted, String field, boolean present) {
    JsonNode value = wanted.get(field);
    if (value != null && !value.isBoolean()) {
      throw new IllegalArgumentException(field + ": true or false is expected.");
    }
    return value == null ? present : value.booleanValue();
  }

  private static void put(Company company, Kind kind, ObjectNode body, Instant now) {
    Company.Entry entry = company.get(kind, "1");
    if (entry == null) {
      company.add(kind, "1", body, now);
    } else if (!entry.body.equals(body)) {
      company.replace(entry, body, now);
    }
  }

  private static ObjectNode info(Company company) {
    ObjectNode info =
        Json.object()
            .put("CompanyName", company.name)
            .put("LegalName", company.name)
            .put("Country", company.country)
            .put("FiscalYearStartMonth", "January")
            .put("SupportedLanguages", "en");
    info.putArray("NameValue")
        .addObject()
        .put("Name", "OfferingSku")
        .put("Value", company.offering);
    return info;
  }

  private static ObjectNode preferences(Company company) {
    ObjectNode all = Json.object();
    ObjectNode accounting =
        all.putObject("AccountingInfoPrefs")
            .put("ClassTrackingPerTxnLine", company.classPerLine)
            .put("ClassTrackingPerLine", company.classPerLine)
            .put("ClassTrackingPerTxn", false)
            .put("TrackDepartments", false)
            .put("CustomerTerminology", "Customers")
            .put("FirstMonthOfFiscalYear", "January");
    if (company.bookCloseDate != null) {
      accounting.put("BookCloseDate", company.bookCloseDate.toString());
    }
    all.putObject("ProductAndServicesPrefs")
        .put("ForSales", true)
        .put("ForPurchase", true)
        .put("QuantityWithPriceAndRate", true)
        .put("QuantityOnHand", false);
    all.putObject("VendorAndPurchasesPrefs")
        .put("EnableBills", true)
        .put("TrackingByCustomer", true)
        .put("BillableExpenseTracking", true);
    all.putObject("TaxPrefs").put("UsingSalesTax", !company.isUs());
    all.putObject("CurrencyPrefs")
        .put("MultiCurrencyEnabled", company.multiCurrency)
        .putObject("HomeCurrency")
        .put("value", company.homeCurrency);
    all.putObject("OtherPrefs")
        .putArray("NameValue")
        .addObject()
        .put("Name", "ProjectsEnabled")
        .put("Value", Boolean.toString(company.projectsEnabled));
    return all;
  }
}
