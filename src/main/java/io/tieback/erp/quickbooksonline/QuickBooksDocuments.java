package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.erp.ErpDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Subcontractor invoices as bills and vendor credits, commitments as purchase orders. Found again
 * by the marker in their private note; their number only says where to look, since people correct
 * it and several suppliers have the same.
 *
 * <p>Whether a number is free is asked by supplier before anything is written. QuickBooks Online
 * refuses one that any supplier's document has: where that is the only reason, it goes once more
 * with {@code include=allowduplicatedocnum} (reference sections 1, 3.5, 5).
 */
final class QuickBooksDocuments implements QuickBooksKind {

  private static final Map<String, String> ALLOW_TAKEN_NUMBERS =
      Map.of("include", "allowduplicatedocnum");

  private final QuickBooksPapers papers;
  private final QuickBooksCalls calls;
  private final String word;

  /**
   * @param word what they are, for messages: {@code a bill} or {@code a purchase order}
   */
  QuickBooksDocuments(QuickBooksPapers papers, QuickBooksCalls calls, String word) {
    this.papers = papers;
    this.calls = calls;
    this.word = word;
  }

  @Override
  public String writing() {
    return "writing " + word;
  }

  @Override
  public String looking() {
    return "looking for " + word;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    return document instanceof Bill bill
        ? papers.bill(bill)
        : papers.order((PurchaseOrder) document);
  }

  @Override
  public QuickBooksComparison.Result compare(QuickBooksEnvelope sent, JsonNode shown) {
    return QuickBooksComparison.compare(sent, shown);
  }

  @Override
  public boolean isOurs(QuickBooksEnvelope sent, JsonNode shown) {
    return sent.marker().equals(QuickBooksMarker.of(shown));
  }

  /** The very same supplier, number and total without a marker of ours: lost, or typed by hand. */
  @Override
  public boolean isTwin(QuickBooksEnvelope sent, JsonNode shown) {
    return QuickBooksMarker.of(shown) == null
        && sent.name().equalsIgnoreCase(String.valueOf(QuickBooksJson.text(shown, "DocNumber")))
        && isOfSupplier(sent, shown)
        && shown.path("TotalAmt").isNumber()
        && QuickBooksComparison.meant(sent)
                .amount()
                .compareTo(shown.path("TotalAmt").decimalValue())
            == 0;
  }

  private static boolean isOfSupplier(QuickBooksEnvelope sent, JsonNode shown) {
    String supplier = QuickBooksJson.reference(sent.document(), "VendorRef");
    return supplier.equals(QuickBooksJson.reference(shown, "VendorRef"));
  }

  @Override
  public Failure doubt(QuickBooksEnvelope sent, JsonNode twin) {
    String word = sent.entity().word();
    String id = QuickBooksJson.id(twin);
    return Failure.of(
        FailureKind.UNKNOWN,
        "Not written again, because QuickBooks holds "
            + word
            + " "
            + id
            + " with the same supplier, number ("
            + sent.name()
            + ") and total ("
            + QuickBooksComparison.meant(sent)
            + ") but without the marker of this record",
        "Open "
            + word
            + " "
            + id
            + " in QuickBooks. If it is this one, add "
            + QuickBooksMarker.inBrackets(sent.marker())
            + " to its memo, or delete it if nothing is paid on it, then replay the dead letter. If"
            + " it is another one, give it another number, then replay. If it was entered by hand"
            + " and shall stay, discard the dead letter. Tieback looks again before it writes"
            + " anything.");
  }

  @Override
  public boolean isGone(JsonNode shown) {
    return QuickBooksComparison.isVoided(shown);
  }

  @Override
  public List<JsonNode> named(QuickBooksEnvelope sent) {
    return calls
        .query(
            QuickBooksQuery.select(
                sent.entity(), "DocNumber = " + QuickBooksQuery.quoted(sent.name())),
            sent.entity().wireName(),
            looking())
        .records();
  }

  @Override
  public QuickBooksFound createdSince(QuickBooksEnvelope sent, Instant since) {
    return calls.query(
        QuickBooksQuery.select(sent.entity(), QuickBooksQuery.createdSince(since)),
        sent.entity().wireName(),
        looking());
  }

  @Override
  public Turn refused(QuickBooksEnvelope sent, QuickBooksAnswer answer) {
    if (!answer.numberTaken()) {
      return Turn.no(answer.messages());
    }
    List<JsonNode> holders = named(sent).stream().filter(one -> !isGone(one)).toList();
    for (JsonNode holder : holders) {
      if (isOurs(sent, holder)) {
        return Turn.there(holder);
      }
    }
    List<String> messages = new ArrayList<>(answer.messages());
    for (JsonNode holder : holders) {
      if (isOfSupplier(sent, holder)) {
        messages.add(
            "The number '"
                + sent.name()
                + "' of this supplier is on "
                + sent.entity().word()
                + " "
                + QuickBooksJson.id(holder)
                + " in QuickBooks, over "
                + holder.path("TotalAmt").asText()
                + ". If that is this one, add "
                + QuickBooksMarker.inBrackets(sent.marker())
                + " to its memo and replay; else accept this one with another ERP number.");
        return Turn.no(messages);
      }
    }
    return holders.isEmpty() ? Turn.no(messages) : Turn.again(ALLOW_TAKEN_NUMBERS);
  }
}
