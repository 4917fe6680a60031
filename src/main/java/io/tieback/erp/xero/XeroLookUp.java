package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for bills by their marker in {@code Url}.
 *
 * <p>Not by number: a bill's number is not unique in Xero, people change it (it is the "Reference"
 * on the page), and a supplier's number may stand on another contact's bill or on one that somebody
 * typed. Xero has no filter on {@code Url} either, so the bills changed since the batch first left
 * are listed, and one page nearly always holds them all: one call for a whole batch.
 *
 * <p>One thing must stop us from calling a bill absent: a bill with the very same supplier, number
 * and total but without an address of ours (a twin). Either the address was lost or somebody typed
 * the bill by hand; writing again would pay the supplier twice, so a person has to look.
 */
final class XeroLookUp {

  /**
   * How far Xero's clock may be behind ours without being noticed; a larger lead of ours is seen in
   * the answer and made up for.
   */
  static final Duration SKEW = Duration.ofMinutes(10);

  private static final Duration NOTICEABLE = Duration.ofMinutes(1);
  private static final String DOING = "looking for bills";
  private static final Set<String> GONE = Set.of("VOIDED", "DELETED");

  private final XeroConnection connection;
  private final XeroPages pages;
  private final Clock clock;

  XeroLookUp(XeroConnection connection, XeroCalls calls, Clock clock) {
    this.connection = connection;
    this.pages = new XeroPages(calls);
    this.clock = clock;
  }

  /** Looks and reports; see {@link io.tieback.erp.ErpAdapter#lookUp}. */
  void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    Map<String, SentBill> sent = SentBill.of(batch);
    Map<String, WrittenDocument> found;
    Map<String, Failure> doubtful = new LinkedHashMap<>();
    List<String> absent = new ArrayList<>();
    try {
      Collection<JsonNode> listed = listed(batch, sent);
      found = found(batch, sent, listed);
      for (String marker : batch.markers()) {
        if (!found.containsKey(marker)) {
          SentBill bill = sent.get(marker);
          String twin = twin(bill, listed);
          if (twin == null) {
            absent.add(marker);
          } else {
            doubtful.put(marker, doubt(bill, twin));
          }
        }
      }
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    sink.known(batch.id(), List.copyOf(found.values()));
    absent.forEach(marker -> sink.absent(batch.id(), marker));
    doubtful.forEach((marker, why) -> sink.doubtful(batch.id(), marker, why));
  }

  /**
   * Of the bills that changed since the batch left: those with a wanted address, and those that
   * could be one of its bills without it.
   */
  private Collection<JsonNode> listed(DeliveryBatch batch, Map<String, SentBill> sent) {
    Set<String> missing = new HashSet<>(batch.markers());
    Instant since = batch.firstSentAt() == null ? null : batch.firstSentAt().minus(SKEW);
    XeroPages.Reading<JsonNode> reading = read(since, batch, sent, missing);
    if (missing.isEmpty() || since == null || reading.asOf() == null) {
      return reading.records();
    }
    Duration lead = Duration.between(reading.asOf(), clock.instant());
    return lead.compareTo(NOTICEABLE) > 0
        ? read(since.minus(lead), batch, sent, missing).records()
        : reading.records();
  }

  private XeroPages.Reading<JsonNode> read(
      Instant since, DeliveryBatch batch, Map<String, SentBill> sent, Set<String> missing) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("where", "Type==\"ACCPAY\"");
    query.put("unitdp", "4");
    if (connection.lookUpOnlyOwn()) {
      query.put("createdByMyApp", "true");
    }
    Set<String> wanted = new HashSet<>(batch.markers());
    return pages.read(
        new XeroPages.Wanted("Invoices", "InvoiceID", query, since, DOING),
        bill -> {
          String url = XeroJson.text(bill, "Url");
          missing.remove(url);
          return wanted.contains(url)
                  || wanted.stream().anyMatch(marker -> isTwin(sent.get(marker), bill))
              ? bill
              : null;
        },
        missing::isEmpty);
  }

  private static Map<String, WrittenDocument> found(
      DeliveryBatch batch, Map<String, SentBill> sent, Collection<JsonNode> listed) {
    Set<String> wanted = new HashSet<>(batch.markers());
    Map<String, List<JsonNode>> byMarker = new HashMap<>();
    for (JsonNode bill : listed) {
      String url = XeroJson.text(bill, "Url");
      if (wanted.contains(url)) {
        byMarker.computeIfAbsent(url, marker -> new ArrayList<>()).add(bill);
      }
    }
    Map<String, WrittenDocument> found = new LinkedHashMap<>();
    byMarker.forEach(
        (marker, bills) -> {
          // A bill that a person voided was written all the same; a living one comes before it.
          List<JsonNode> living = bills.stream().filter(bill -> !isGone(bill)).toList();
          List<WrittenDocument> written =
              (living.isEmpty() ? bills.subList(0, 1) : living)
                  .stream().map(bill -> XeroComparison.written(sent.get(marker), bill)).toList();
          found.put(marker, written.stream().reduce(XeroOutcomes::alsoThere).orElseThrow());
        });
    return found;
  }

  private static String twin(SentBill sent, Collection<JsonNode> listed) {
    return listed.stream()
        .filter(bill -> isTwin(sent, bill))
        .findFirst()
        .map(bill -> XeroJson.id(bill, "InvoiceID"))
        .orElse(null);
  }

  private static boolean isTwin(SentBill sent, JsonNode bill) {
    return sent.number().equals(XeroJson.text(bill, "InvoiceNumber"))
        && sent.contact().equalsIgnoreCase(XeroJson.text(bill.path("Contact"), "ContactID"))
        && bill.path("Total").isNumber()
        && sameAmount(sent, bill.path("Total").decimalValue())
        && !isGone(bill)
        && !isOfAnotherRecord(XeroJson.text(bill, "Url"), sent.marker());
  }

  private static boolean sameAmount(SentBill sent, BigDecimal total) {
    return sent.total().amount().compareTo(total) == 0;
  }

  // An address of ours ends in "tieback=..."; the same ending under a changed beginning is the same
  // record.
  private static boolean isOfAnotherRecord(String url, String marker) {
    int tail = url == null ? -1 : url.indexOf("tieback=");
    return tail >= 0 && !marker.endsWith(url.substring(tail));
  }

  private static boolean isGone(JsonNode bill) {
    return GONE.contains(String.valueOf(XeroJson.text(bill, "Status")));
  }

  private static Failure doubt(SentBill bill, String twin) {
    return Failure.of(
        FailureKind.UNKNOWN,
        "Not written again, because Xero holds bill "
            + twin
            + " with the same supplier, number ("
            + bill.number()
            + ") and total ("
            + bill.total()
            + ") but without the address of this invoice",
        "Open bill "
            + twin
            + " in Xero. If it is this invoice, give it the address "
            + bill.marker()
            + " (its field Url, through Xero's API), or void it if nothing is paid on it, then replay the"
            + " dead letter. If it is another invoice, give it another number, then replay. If it was"
            + " entered by hand and shall stay, discard the dead letter. Tieback looks again before it"
            + " writes anything.");
  }
}
