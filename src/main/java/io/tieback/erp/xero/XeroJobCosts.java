package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.erp.JobCostReading;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the three kinds of documents that hold job costs: bills (ACCPAY), spend money (SPEND) and
 * supplier credits (ACCPAYCREDIT), whole and in every state (Xero reference section 11). A poll
 * without news takes one call for each kind.
 */
final class XeroJobCosts {

  /** See {@link XeroPayments#OVERLAP}; what is read again unchanged changes nothing. */
  private static final Duration OVERLAP = XeroPayments.OVERLAP;

  private static final int FORBIDDEN = 403;

  private final XeroCalls calls;
  private final XeroPages pages;
  private final String trackingCategoryId;

  /**
   * @param calls counts the calls of this reading alone
   * @param trackingCategoryId the category whose options are projects, or null when projects are
   *     not tracked
   */
  XeroJobCosts(XeroCalls calls, String trackingCategoryId) {
    this.calls = calls;
    this.pages = new XeroPages(calls);
    this.trackingCategoryId = trackingCategoryId;
  }

  /** One of the three lists. */
  private enum Source {
    /** First, since it wants a right of its own: where that is missing, nothing else is read. */
    SPEND_MONEY(
        JobCost.Kind.SPEND, "BankTransactions", "BankTransactionID", "SPEND", "spend money"),
    BILLS(JobCost.Kind.BILL, "Invoices", "InvoiceID", "ACCPAY", "bills"),
    CREDITS(JobCost.Kind.CREDIT, "CreditNotes", "CreditNoteID", "ACCPAYCREDIT", "supplier credits");

    final JobCost.Kind kind;
    final String name;
    final String key;
    final String type;
    final String words;

    Source(JobCost.Kind kind, String name, String key, String type, String words) {
      this.kind = kind;
      this.name = name;
      this.key = key;
      this.type = type;
      this.words = words;
    }
  }

  /**
   * Reads what changed.
   *
   * @param cursor {@code nextCursor} of the reading before, or null for everything
   * @throws IllegalArgumentException when the cursor is none of ours
   * @throws Failure when Xero does not answer, or not as it should; nothing of the reading may be
   *     kept then
   */
  JobCostReading read(String cursor) {
    Map<Source, Instant> from = parse(cursor);
    List<JobCost> documents = new ArrayList<>();
    ObjectNode next = Json.object();
    for (Source source : Source.values()) {
      Instant since = from.get(source);
      String doing = "reading job costs in " + source.words;
      XeroPages.Reading<JobCost> reading = list(source, since, doing);
      if (reading.asOf() == null) {
        throw Failure.of(
            FailureKind.TRANSIENT,
            "Xero's answer while " + doing + " has no DateTimeUTC, so the cursor cannot be moved",
            "");
      }
      documents.addAll(reading.records());
      next.put(source.kind.key(), reading.asOf().toString());
    }
    return new JobCostReading(documents, next.toString(), calls.made());
  }

  /**
   * By type alone: a filter by state would lose what was voided or paid since (section 11). A
   * missing right is no reason to pause the connection, whose bills and payments it does not
   * concern.
   */
  private XeroPages.Reading<JobCost> list(Source source, Instant since, String doing) {
    try {
      return pages.read(
          new XeroPages.Wanted(
              source.name,
              source.key,
              Map.of("where", "Type==\"" + source.type + "\"", "unitdp", "4"),
              since == null ? null : since.minus(OVERLAP),
              doing),
          document ->
              source.type.equals(XeroJson.text(document, "Type"))
                  ? document(source, document)
                  : null,
          () -> false);
    } catch (Failure failure) {
      if (failure.status() != FORBIDDEN) {
        throw failure;
      }
      throw new Failure(
          FailureKind.REFUSED,
          failure.status(),
          failure.getMessage()
              + ". Job costs need the scope accounting.banktransactions.read: see that xero.scopes"
              + " names it, and sign in again with ./tieback connect xero",
          XeroSignIn.CONNECT_SENTENCE,
          null,
          failure);
    }
  }

  private static Map<Source, Instant> parse(String cursor) {
    Map<Source, Instant> from = new EnumMap<>(Source.class);
    if (cursor == null) {
      return from;
    }
    try {
      JsonNode parts = Json.read(cursor);
      for (Source source : Source.values()) {
        from.put(source, Instant.parse(parts.path(source.kind.key()).asText()));
      }
      return from;
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "job cost cursor '"
              + cursor
              + "' is not one that a reading of Xero job costs gave; remove it to read everything",
          e);
    }
  }

  private JobCost document(Source source, JsonNode document) {
    String id = XeroJson.id(document, source.key);
    String what = source.kind.words() + " " + id;
    LocalDate date = XeroJson.date(document, "Date");
    JobCost.Status status = status(document, what);
    // Of a deleted document Xero promises little; nothing of it is needed but that it is gone.
    if (date == null && status != JobCost.Status.GONE) {
      throw missing("Date", what);
    }
    return new JobCost(
        source.kind,
        id,
        number(source, document),
        XeroJson.id(document.path("Contact"), "ContactID"),
        XeroJson.text(document.path("Contact"), "Name"),
        date,
        XeroJson.text(document, "CurrencyCode"),
        status,
        XeroJson.text(document, "Url"),
        status == JobCost.Status.GONE ? List.of() : lines(source, document, what));
  }

  private static Failure missing(String field, String what) {
    return Failure.of(
        FailureKind.DEFECT,
        field + " of " + what + " is missing in Xero's answer",
        "Report this answer of Xero.");
  }

  private static String number(Source source, JsonNode document) {
    return switch (source) {
      case BILLS -> XeroJson.text(document, "InvoiceNumber");
      case SPEND_MONEY -> XeroJson.text(document, "Reference");
      case CREDITS -> XeroJson.text(document, "CreditNoteNumber");
    };
  }

  private static JobCost.Status status(JsonNode document, String what) {
    String word = XeroJson.text(document, "Status");
    return switch (String.valueOf(word)) {
      case "AUTHORISED", "PAID" -> JobCost.Status.APPROVED;
      case "DRAFT", "SUBMITTED" -> JobCost.Status.DRAFT;
      case "VOIDED", "DELETED" -> JobCost.Status.GONE;
      default ->
          throw Failure.of(
              FailureKind.DEFECT,
              "Status of "
                  + what
                  + " is "
                  + word
                  + ", which is none that Xero publishes for it: nobody can say whether it is a"
                  + " cost",
              "Report this answer of Xero.");
    };
  }

  private List<JobCost.Line> lines(Source source, JsonNode document, String what) {
    boolean inclusive = "Inclusive".equals(XeroJson.text(document, "LineAmountTypes"));
    List<JobCost.Line> lines = new ArrayList<>();
    int place = 0;
    for (JsonNode line : document.path("LineItems")) {
      place++;
      if (!line.hasNonNull("LineAmount")) {
        continue; // a line of text
      }
      String where = "line " + place + " of " + what;
      Money amount = XeroJson.money(line, "LineAmount", where);
      if (inclusive) {
        amount = amount.minus(XeroJson.money(line, "TaxAmount", where));
      }
      JsonNode project = project(line);
      String projectKey = XeroJson.text(project, "TrackingOptionID");
      lines.add(
          new JobCost.Line(
              key(line, place),
              XeroJson.text(line, "Description"),
              projectKey,
              projectKey == null ? null : XeroJson.text(project, "Option"),
              XeroJson.text(line, "ItemCode"),
              XeroJson.text(line, "AccountCode"),
              source.kind == JobCost.Kind.CREDIT ? amount.negated() : amount));
    }
    return lines;
  }

  /** The one of at most two tracking entries that is of the projects' category (XR-API-03). */
  private JsonNode project(JsonNode line) {
    for (JsonNode tracking : line.path("Tracking")) {
      if (trackingCategoryId != null
          && trackingCategoryId.equals(XeroJson.text(tracking, "TrackingCategoryID"))) {
        return tracking;
      }
    }
    return Json.object();
  }

  /**
   * Lines of credit notes may come without an id (section 11, UNCERTAIN): their place and content
   * then stand for it, so that a changed line is another one.
   */
  private static String key(JsonNode line, int place) {
    String id = XeroJson.id(line, "LineItemID");
    return id != null
        ? id
        : place + "-" + UUID.nameUUIDFromBytes(line.toString().getBytes(StandardCharsets.UTF_8));
  }
}
