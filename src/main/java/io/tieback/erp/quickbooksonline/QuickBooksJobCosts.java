package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.erp.JobCostReading;
import io.tieback.wire.Failure;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what may hold job costs (reference section 15; QBO-JC-01): bills, vendor credits, purchases
 * (cheques, expenses, card charges and their refunds) and journal entries, whole. A payment of a
 * bill is no purchase in QuickBooks, so that nothing comes twice. QuickBooks keeps no drafts: what
 * is there is posted.
 *
 * <p>A poll without news takes one call; one with news two more, for the names of items and
 * accounts.
 */
final class QuickBooksJobCosts {

  private static final String DOING = "reading job costs";

  private final QuickBooksCalls calls;
  private final QuickBooksChanges changes;
  private final Map<String, Found> found = new LinkedHashMap<>();

  /**
   * @param calls counts the calls of this reading alone
   */
  QuickBooksJobCosts(QuickBooksCalls calls, Clock clock) {
    this.calls = calls;
    this.changes = new QuickBooksChanges(calls, clock);
  }

  /** Where costs are. */
  private enum Source {
    BILLS(JobCost.Kind.BILL, "Bill"),
    CREDITS(JobCost.Kind.CREDIT, "VendorCredit"),
    PURCHASES(JobCost.Kind.SPEND, "Purchase"),
    JOURNALS(JobCost.Kind.JOURNAL, "JournalEntry");

    final JobCost.Kind kind;
    final String entity;

    Source(JobCost.Kind kind, String entity) {
      this.kind = kind;
      this.entity = entity;
    }
  }

  /** A document whose items and accounts are still ids. */
  private record Found(JobCost header, List<QuickBooksShown.Line> lines, boolean negated) {}

  /**
   * Reads what changed. Once for each instance.
   *
   * @param cursor {@code nextCursor} of the reading before, or null for everything
   * @throws IllegalArgumentException when the cursor is none of ours
   * @throws Failure when QuickBooks does not answer, or not as it should; nothing of the reading
   *     may be kept then
   */
  JobCostReading read(String cursor) {
    QuickBooksChanges.Reading reading =
        changes.read(
            cursor,
            Arrays.stream(Source.values())
                .map(
                    source ->
                        new QuickBooksChanges.Source(
                            source.entity, true, shown -> take(source, shown)))
                .toList(),
            DOING);
    QuickBooksCodes codes = new QuickBooksCodes(calls);
    codes.learn(found.values().stream().flatMap(one -> one.lines().stream()).toList());
    List<JobCost> documents = found.values().stream().map(one -> named(one, codes)).toList();
    Map<JobCost.Kind, Set<String>> existing = new EnumMap<>(JobCost.Kind.class);
    for (Source source : Source.values()) {
      if (reading.existing().containsKey(source.entity)) {
        existing.put(source.kind, reading.existing().get(source.entity));
      }
    }
    return new JobCostReading(documents, existing, reading.nextCursor(), calls.made());
  }

  private void take(Source source, JsonNode shown) {
    found.put(source.entity + QuickBooksJson.id(shown), found(source, shown));
  }

  private static Found found(Source source, JsonNode shown) {
    String id = QuickBooksJson.id(shown);
    String what = source.kind.words() + " " + id;
    boolean gone = QuickBooksChanges.isDeleted(shown) || QuickBooksComparison.isVoided(shown);
    JsonNode supplier = supplier(source, shown);
    JobCost header =
        new JobCost(
            source.kind,
            id,
            number(shown),
            QuickBooksJson.text(supplier, "value"),
            QuickBooksJson.text(supplier, "name"),
            // Of a deleted document nothing is left but that it is gone.
            gone ? null : QuickBooksShown.day(shown, what),
            QuickBooksJson.reference(shown, "CurrencyRef"),
            gone ? JobCost.Status.GONE : JobCost.Status.APPROVED,
            QuickBooksMarker.of(shown),
            List.of());
    return new Found(
        header,
        gone ? List.of() : QuickBooksShown.lines(shown, what),
        source == Source.CREDITS || isRefund(source, shown));
  }

  /** A refund on a card is a purchase that gives back (reference section 3.8). */
  private static boolean isRefund(Source source, JsonNode shown) {
    return source == Source.PURCHASES && shown.path("Credit").asBoolean(false);
  }

  /** Of a purchase only when it was made from a vendor: customers and employees are paid too. */
  private static JsonNode supplier(Source source, JsonNode shown) {
    JsonNode entity = shown.path("EntityRef");
    boolean vendor = "Vendor".equalsIgnoreCase(QuickBooksJson.text(entity, "type"));
    return source == Source.PURCHASES && vendor ? entity : shown.path("VendorRef");
  }

  private static String number(JsonNode shown) {
    String number = QuickBooksJson.text(shown, "DocNumber");
    return number != null ? number : QuickBooksJson.text(shown, "PaymentRefNum");
  }

  private static JobCost named(Found document, QuickBooksCodes codes) {
    JobCost header = document.header();
    return new JobCost(
        header.kind(),
        header.erpId(),
        header.number(),
        header.contactKey(),
        header.contactName(),
        header.date(),
        header.currency(),
        header.status(),
        header.marker(),
        document.lines().stream().map(line -> named(line, document.negated(), codes)).toList());
  }

  private static JobCost.Line named(
      QuickBooksShown.Line line, boolean negated, QuickBooksCodes codes) {
    Money amount = negated ? line.amount().negated() : line.amount();
    return new JobCost.Line(
        line.key(),
        line.description(),
        line.projectKey(),
        line.projectName(),
        codes.item(line),
        codes.account(line),
        amount);
  }
}
