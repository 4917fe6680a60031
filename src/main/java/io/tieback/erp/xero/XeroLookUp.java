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
 * Looks for bills by their marker in {@code Url}, and for credit notes by theirs ({@link
 * XeroDocument}); what is said of bills here holds for both.
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
  private static final String DOING = "looking for bills and credit notes";
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
    List<Looked> looked = new ArrayList<>();
    try {
      for (SentBill.Part part : SentBill.parts(batch)) {
        Map<String, SentBill> wanted = new LinkedHashMap<>(part.documents());
        wanted.keySet().retainAll(new HashSet<>(batch.markers()));
        if (!wanted.isEmpty()) {
          looked.add(looked(part.kind(), wanted, batch));
        }
      }
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    sink.known(batch.id(), looked.stream().flatMap(one -> one.found().values().stream()).toList());
    for (Looked one : looked) {
      one.absent().forEach(marker -> sink.absent(batch.id(), marker));
      one.doubtful().forEach((marker, why) -> sink.doubtful(batch.id(), marker, why));
    }
  }

  /** What came of looking for the documents of one kind. */
  private record Looked(
      Map<String, WrittenDocument> found, List<String> absent, Map<String, Failure> doubtful) {}

  private Looked looked(XeroDocument kind, Map<String, SentBill> wanted, DeliveryBatch batch) {
    Collection<JsonNode> listed =
        listed(kind, wanted, batch.firstSentAt()).stream()
            .filter(one -> !isFormer(batch, kind, one))
            .toList();
    Looked looked =
        new Looked(found(kind, wanted, listed), new ArrayList<>(), new LinkedHashMap<>());
    wanted.forEach(
        (marker, bill) -> {
          if (!looked.found().containsKey(marker)) {
            String twin = twin(bill, listed);
            if (twin == null) {
              looked.absent().add(marker);
            } else {
              looked.doubtful().put(marker, doubt(bill, twin));
            }
          }
        });
    return looked;
  }

  /** What was unlinked because it is gone is not what is looked for; one that lives still is. */
  private static boolean isFormer(DeliveryBatch batch, XeroDocument kind, JsonNode document) {
    return isGone(document) && batch.formerIds().contains(XeroJson.id(document, kind.idField()));
  }

  /**
   * Of the documents that changed since the batch left: those with a wanted address, and those that
   * could be one of them without it.
   */
  private Collection<JsonNode> listed(
      XeroDocument kind, Map<String, SentBill> wanted, Instant firstSentAt) {
    Set<String> missing = new HashSet<>(wanted.keySet());
    Instant since = firstSentAt == null ? null : firstSentAt.minus(SKEW);
    XeroPages.Reading<JsonNode> reading = read(kind, since, wanted, missing);
    if (missing.isEmpty() || since == null || reading.asOf() == null) {
      return reading.records();
    }
    Duration lead = Duration.between(reading.asOf(), clock.instant());
    return lead.compareTo(NOTICEABLE) > 0
        ? read(kind, since.minus(lead), wanted, missing).records()
        : reading.records();
  }

  private XeroPages.Reading<JsonNode> read(
      XeroDocument kind, Instant since, Map<String, SentBill> wanted, Set<String> missing) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("where", kind.where());
    query.put("unitdp", "4");
    if (connection.lookUpOnlyOwn() && kind == XeroDocument.BILL) {
      query.put("createdByMyApp", "true");
    }
    return pages.read(
        new XeroPages.Wanted(kind.plural(), kind.idField(), query, since, DOING),
        document -> {
          String marker = kind.marker(document);
          missing.remove(marker);
          return wanted.containsKey(marker)
                  || wanted.values().stream().anyMatch(bill -> isTwin(bill, document))
              ? document
              : null;
        },
        missing::isEmpty);
  }

  private static Map<String, WrittenDocument> found(
      XeroDocument kind, Map<String, SentBill> wanted, Collection<JsonNode> listed) {
    Map<String, List<JsonNode>> byMarker = new HashMap<>();
    for (JsonNode document : listed) {
      String marker = kind.marker(document);
      if (wanted.containsKey(marker)) {
        byMarker.computeIfAbsent(marker, any -> new ArrayList<>()).add(document);
      }
    }
    Map<String, WrittenDocument> found = new LinkedHashMap<>();
    byMarker.forEach(
        (marker, documents) -> {
          // One that a person voided was written all the same; a living one comes before it.
          List<JsonNode> living = documents.stream().filter(one -> !isGone(one)).toList();
          List<WrittenDocument> written =
              (living.isEmpty() ? documents.subList(0, 1) : living)
                  .stream().map(one -> XeroComparison.written(wanted.get(marker), one)).toList();
          found.put(marker, written.stream().reduce(XeroOutcomes::alsoThere).orElseThrow());
        });
    return found;
  }

  private static String twin(SentBill sent, Collection<JsonNode> listed) {
    return listed.stream()
        .filter(bill -> isTwin(sent, bill))
        .findFirst()
        .map(bill -> XeroJson.id(bill, sent.kind().idField()))
        .orElse(null);
  }

  private static boolean isTwin(SentBill sent, JsonNode bill) {
    return sent.number().equals(XeroJson.text(bill, sent.kind().numberField()))
        && sent.contact().equalsIgnoreCase(XeroJson.text(bill.path("Contact"), "ContactID"))
        && bill.path("Total").isNumber()
        && sameAmount(sent, bill.path("Total").decimalValue())
        && !isGone(bill)
        && !isOfAnotherRecord(sent.kind().marker(bill), sent.marker());
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
        "Not written again, because Xero holds "
            + bill.kind().word()
            + " "
            + twin
            + " with the same supplier, number ("
            + bill.number()
            + ") and total ("
            + bill.total()
            + ") but without the address of this invoice",
        "Open "
            + bill.kind().word()
            + " "
            + twin
            + " in Xero. If it is this invoice, "
            + bill.kind().howToMark(bill.marker())
            + ", or void it if nothing is paid on it, then replay the dead letter. If it is another"
            + " invoice, give it another number, then replay. If it was entered by hand and shall"
            + " stay, discard the dead letter. Tieback looks again before it writes anything.");
  }
}
