package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The calls that both stand-ins received, by what they were for, beside the fewest that the
 * vendors' interfaces allow.
 */
final class BenchCalls {

  private static final int ROWS_A_CALL = 1000;

  /** What a call was for. What fits nowhere counts as part of the way out. */
  enum Purpose {
    EVENT("event read", "GET /rest/v1\\.0/companies/\\{id}/erp_requests/\\{id}"),
    REQUISITION("requisition read", "GET /rest/v1\\.1/requisitions(/\\{id})?"),
    WRITE("bills written", "(PUT|POST) (/api\\.xro/2\\.0/Invoices|/v3/company/\\{id}/bill)"),
    LINKS("external data sent", "PATCH /rest/v1\\.0/companies/\\{id}/external_data/sync"),
    CLOSING(
        "request details closed", "PATCH /rest/v1\\.0/companies/\\{id}/erp_request_details/sync"),
    TOKENS(
        "tokens",
        "\\S+ (/oauth/token|/connect/token|/oauth2/\\S*|/connect/oauth2|/identity/\\S*|/[cC]onnections)"),
    WAY_BACK(
        "way back",
        "\\S+ \\S*(/Payments|/BatchPayments|/contract_payments|/invoice_payments|/cdc)(/\\S+)?"),
    SET_UP(
        "set-up",
        "GET (/api\\.xro/2\\.0/(Organisation(/Actions)?|Accounts|TaxRates|Items|TrackingCategories|Contacts)(/\\S+)?"
            + "|/rest/v1\\.0/(me|companies|projects|vendors|cost_codes|line_item_types)(/\\{id})?|/rest/v1\\.0/companies/\\{id}/external_data)|\\S+"
            + " /rest/v1\\.0/webhooks/hooks\\S*"),
    OTHER("other", ".*");

    private final String words;
    private final Pattern operation;

    Purpose(String words, String operation) {
      this.words = words;
      this.operation = Pattern.compile(operation);
    }

    static Purpose of(String operation) {
      for (Purpose purpose : values()) {
        if (purpose.operation.matcher(operation).matches()) {
          return purpose;
        }
      }
      return OTHER;
    }

    boolean isApart() {
      return this == TOKENS || this == WAY_BACK || this == SET_UP;
    }
  }

  private final int documentsPerCall;
  private final int invoices;
  private final long rows;
  private final Map<String, Long> byOperation = new TreeMap<>();
  private final Map<Purpose, Long> byPurpose = new LinkedHashMap<>();

  /**
   * @param erp accounting system
   * @param invoices how many went out
   * @param rows rows of external data that they need: one a header and one a line
   * @param summaries {@code /_sandbox/requests/summary} of the stand-ins
   */
  BenchCalls(LoadErp erp, int invoices, long rows, JsonNode... summaries) {
    this.documentsPerCall = erp.documentsPerCall();
    this.invoices = invoices;
    this.rows = rows;
    for (JsonNode summary : summaries) {
      for (Map.Entry<String, JsonNode> one : summary.get("byOperation").properties()) {
        byOperation.merge(one.getKey(), one.getValue().get("count").longValue(), Long::sum);
      }
    }
    byOperation.forEach(
        (operation, count) -> byPurpose.merge(Purpose.of(operation), count, Long::sum));
  }

  /** Calls for a purpose. */
  long of(Purpose purpose) {
    return byPurpose.getOrDefault(purpose, 0L);
  }

  /** Calls of the way out: all but tokens, set-up and the way back. */
  long wayOut() {
    return byPurpose.entrySet().stream()
        .filter(one -> !one.getKey().isApart())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** All calls. */
  long all() {
    return byPurpose.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The fewest calls: an event read and the requisition reads as made, as many documents a write as
   * the accounting system takes, 1,000 rows a sync. How often a requisition is read is a figure of
   * its own.
   */
  long fewest() {
    return invoices
        + of(Purpose.REQUISITION)
        + calls(invoices, documentsPerCall)
        + calls(rows, ROWS_A_CALL)
        + calls(invoices, ROWS_A_CALL);
  }

  private static long calls(long things, long atOnce) {
    return (things + atOnce - 1) / atOnce;
  }

  /** Calls of the way out by the fewest. */
  BigDecimal ratio() {
    return BenchFigure.quotient(BigDecimal.valueOf(wayOut()), BigDecimal.valueOf(fewest()), 3);
  }

  /** All calls by the fewest. */
  BigDecimal ratioOfAll() {
    return BenchFigure.quotient(BigDecimal.valueOf(all()), BigDecimal.valueOf(fewest()), 3);
  }

  /** Calls of the way out for an invoice. */
  BigDecimal perInvoice() {
    return BenchFigure.quotient(BigDecimal.valueOf(wayOut()), BigDecimal.valueOf(invoices), 3);
  }

  /** Requisition reads for an invoice. */
  BigDecimal requisitionReads() {
    return BenchFigure.quotient(
        BigDecimal.valueOf(of(Purpose.REQUISITION)), BigDecimal.valueOf(invoices), 3);
  }

  /** Counts by purpose in words. */
  Map<String, Long> words() {
    Map<String, Long> words = new LinkedHashMap<>();
    for (Purpose purpose : Purpose.values()) {
      if (of(purpose) > 0) {
        words.put(purpose.words + (purpose.isApart() ? " (apart)" : ""), of(purpose));
      }
    }
    return words;
  }

  /** Everything as JSON. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("wayOut", wayOut()).put("fewest", fewest()).put("ratio", ratio()).put("all", all());
    ObjectNode purposes = json.putObject("byPurpose");
    words().forEach(purposes::put);
    ObjectNode operations = json.putObject("byOperation");
    byOperation.forEach(operations::put);
    return json;
  }
}
