package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates records one by one and finds them again (reference sections 3 to 5). Whether one was
 * written is told by its marker, never by its place in an answer, its number alone or QuickBooks's
 * promise to answer a repeated {@code requestid} as before.
 *
 * <p>A document that stands in QuickBooks with another figure than was sent is looked for once
 * more, and then reported as doubtful, with both figures: a person corrects it there, and only if
 * it is gone does it go again. It is never called refused, since then it could be written a second
 * time.
 */
final class QuickBooksSingles implements QuickBooksRecords {

  /**
   * How far QuickBooks's clock may be behind ours without being noticed; a larger lead of ours is
   * seen in the answer and made up for.
   */
  static final Duration SKEW = Duration.ofMinutes(10);

  private static final Duration NOTICEABLE = Duration.ofMinutes(1);

  private final QuickBooksKind kind;
  private final QuickBooksCalls calls;
  private final Clock clock;

  QuickBooksSingles(QuickBooksKind kind, QuickBooksCalls calls, Clock clock) {
    this.kind = kind;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    return kind.render(document);
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    QuickBooksEnvelope sent = QuickBooksEnvelope.of(batch);
    if (sent.linked() != null) {
      if (sink.sending(batch.id())) {
        link(batch, sent, sink);
      }
      return;
    }
    QuickBooksWrite write = new QuickBooksWrite(calls, batch, sink, kind.writing());
    write
        .send(sent.entity().path(), Map.of(), sent.bytes())
        .ifPresent(answer -> answered(batch, sent, write, answer, sink));
  }

  private void answered(
      DeliveryBatch batch,
      QuickBooksEnvelope sent,
      QuickBooksWrite write,
      QuickBooksAnswer answer,
      OutcomeSink sink) {
    if (answer.isRefusal()) {
      refused(batch, sent, write, answer, sink);
    } else if (batch.firstSentAt() != null) {
      again(batch, sent, write, answer, sink);
    } else {
      written(batch, sent, answer, sink);
    }
  }

  /**
   * The bytes left before, so the answer may be the one that QuickBooks gave the first time
   * (section 5), of a document that somebody deleted since: it is read.
   */
  private void again(
      DeliveryBatch batch,
      QuickBooksEnvelope sent,
      QuickBooksWrite write,
      QuickBooksAnswer answer,
      OutcomeSink sink) {
    JsonNode shown = answer.shown(sent.entity());
    if (shown == null) {
      written(batch, sent, answer, sink);
      return;
    }
    Optional<JsonNode> live;
    try {
      live = calls.read(sent.entity().wireName(), QuickBooksJson.id(shown), kind.writing());
    } catch (Failure failure) {
      write.undetermined("Answered, but not to be read: " + failure.getMessage());
      return;
    }
    if (live.isPresent()) {
      report(batch, sent, live.get(), sink);
      return;
    }
    write
        .sendAnew(sent.entity().path(), Map.of(), sent.bytes())
        .ifPresent(
            one -> {
              if (one.isRefusal()) {
                refused(batch, sent, write, one, sink);
              } else {
                believed(batch, sent, write, one, sink);
              }
            });
  }

  /**
   * A success after the bytes left before may be one from memory: it counts when the document is
   * there.
   */
  private void believed(
      DeliveryBatch batch,
      QuickBooksEnvelope sent,
      QuickBooksWrite write,
      QuickBooksAnswer answer,
      OutcomeSink sink) {
    JsonNode shown = answer.shown(sent.entity());
    if (batch.firstSentAt() == null || shown == null) {
      written(batch, sent, answer, sink);
      return;
    }
    String id = QuickBooksJson.id(shown);
    try {
      calls
          .read(sent.entity().wireName(), id, kind.writing())
          .ifPresentOrElse(
              live -> report(batch, sent, live, sink),
              () ->
                  write.undetermined(
                      "QuickBooks answered with the "
                          + sent.inWords()
                          + " "
                          + id
                          + ", which it does not have any more"));
    } catch (Failure failure) {
      write.undetermined("Answered, but not to be read: " + failure.getMessage());
    }
  }

  private void refused(
      DeliveryBatch batch,
      QuickBooksEnvelope sent,
      QuickBooksWrite write,
      QuickBooksAnswer answer,
      OutcomeSink sink) {
    QuickBooksKind.Turn turn;
    try {
      turn = kind.refused(sent, answer);
    } catch (Failure unasked) {
      write.undetermined(
          "Refused, and what stands in the way cannot be asked: " + unasked.getMessage());
      return;
    }
    if (turn.found() != null) {
      report(batch, sent, turn.found(), sink);
    } else if (turn.again() != null) {
      write
          .send(sent.entity().path(), turn.again(), sent.bytes())
          .ifPresent(
              one -> {
                if (one.isRefusal()) {
                  sink.refused(batch.id(), sent.marker(), one.messages());
                } else {
                  believed(batch, sent, write, one, sink);
                }
              });
    } else {
      sink.refused(batch.id(), sent.marker(), turn.messages());
    }
  }

  private void written(
      DeliveryBatch batch, QuickBooksEnvelope sent, QuickBooksAnswer answer, OutcomeSink sink) {
    JsonNode shown = answer.shown(sent.entity());
    if (shown == null) {
      sink.undetermined(
          batch.id(),
          nothingSaid(
              "the "
                  + sent.inWords()
                  + " is not in QuickBooks's answer"
                  + QuickBooksFailures.tid(answer.http())));
      return;
    }
    report(batch, sent, shown, sink);
  }

  /** What differs in a figure is looked for, so that the ledger never counts it as not written. */
  private void report(
      DeliveryBatch batch, QuickBooksEnvelope sent, JsonNode shown, OutcomeSink sink) {
    try {
      QuickBooksComparison.Result result = kind.compare(sent, shown);
      if (result.figures().isEmpty()) {
        sink.known(batch.id(), result.written());
      } else {
        sink.undetermined(batch.id(), nothingSaid(differs(sent, result)));
      }
    } catch (Failure unreadable) {
      sink.undetermined(batch.id(), nothingSaid(unreadable.getMessage()));
    }
  }

  // Status 0, as for no answer: it says nothing against the record.
  private static Failure nothingSaid(String why) {
    return new Failure(FailureKind.UNKNOWN, 0, why, "", null, null);
  }

  private static String differs(QuickBooksEnvelope sent, QuickBooksComparison.Result result) {
    return "The "
        + sent.inWords()
        + " stands in QuickBooks (id "
        + result.written().erpId()
        + "), but not with the figures that were sent: "
        + String.join("; ", result.figures());
  }

  private static Failure doubt(QuickBooksEnvelope sent, QuickBooksComparison.Result result) {
    return Failure.of(
        FailureKind.UNKNOWN,
        differs(sent, result),
        "Open the "
            + sent.entity().word()
            + " in QuickBooks and correct the figures there, or delete it if nothing is paid on"
            + " it; then replay the dead letter. Tieback looks again before it writes anything.");
  }

  /** Reads what is to be linked once more; a person may have made it inactive meanwhile. */
  private void link(DeliveryBatch batch, QuickBooksEnvelope sent, OutcomeSink sink) {
    Optional<JsonNode> shown;
    try {
      shown = calls.read(sent.entity().wireName(), sent.linked(), kind.looking());
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    if (shown.isPresent() && !kind.isGone(shown.get())) {
      sink.known(batch.id(), kind.compare(sent, shown.get()).written());
    } else {
      sink.refused(
          batch.id(),
          sent.marker(),
          List.of(
              "The "
                  + sent.entity().word()
                  + " "
                  + sent.linked()
                  + " is inactive in QuickBooks, or gone: it cannot be linked"));
    }
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    QuickBooksEnvelope sent = QuickBooksEnvelope.of(batch);
    if (!batch.markers().contains(sent.marker())) {
      return;
    }
    if (sent.linked() != null) {
      link(batch, sent, sink);
      return;
    }
    List<JsonNode> found;
    try {
      found = found(batch, sent);
      tell(batch, sent, found, sink);
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
    }
  }

  private void tell(
      DeliveryBatch batch, QuickBooksEnvelope sent, List<JsonNode> found, OutcomeSink sink) {
    List<JsonNode> ours = found.stream().filter(one -> kind.isOurs(sent, one)).toList();
    // One that a person took back was written all the same; a living one comes before it.
    Optional<JsonNode> first =
        ours.stream()
            .filter(one -> !kind.isGone(one))
            .findFirst()
            .or(() -> ours.stream().findFirst());
    if (first.isPresent()) {
      QuickBooksComparison.Result result = kind.compare(sent, first.get());
      if (result.figures().isEmpty() || kind.isGone(first.get())) {
        sink.known(batch.id(), QuickBooksTwice.noted(result.written(), sent, ours));
      } else {
        sink.doubtful(batch.id(), sent.marker(), doubt(sent, result));
      }
      return;
    }
    Optional<JsonNode> twin =
        found.stream().filter(one -> !kind.isGone(one) && kind.isTwin(sent, one)).findFirst();
    if (twin.isPresent()) {
      sink.doubtful(batch.id(), sent.marker(), kind.doubt(sent, twin.get()));
    } else {
      sink.absent(batch.id(), sent.marker());
    }
  }

  /**
   * By number or name first; somebody may have changed it since, so by the time of creation too.
   */
  private List<JsonNode> found(DeliveryBatch batch, QuickBooksEnvelope sent) {
    List<JsonNode> found = meant(batch, kind.named(sent));
    if (found.stream().anyMatch(one -> kind.isOurs(sent, one)) || batch.firstSentAt() == null) {
      return found;
    }
    Instant since = batch.firstSentAt().minus(SKEW);
    QuickBooksFound created = kind.createdSince(sent, since);
    if (created.asOf() != null) {
      Duration lead = Duration.between(created.asOf(), clock.instant());
      if (lead.compareTo(NOTICEABLE) > 0) {
        created = kind.createdSince(sent, since.minus(lead));
      }
    }
    List<JsonNode> all = new ArrayList<>(found);
    all.addAll(meant(batch, created.records()));
    return all;
  }

  /** What was unlinked because it is gone is not what is looked for; one that lives still is. */
  private List<JsonNode> meant(DeliveryBatch batch, List<JsonNode> records) {
    return records.stream()
        .filter(one -> !(kind.isGone(one) && batch.formerIds().contains(QuickBooksJson.id(one))))
        .toList();
  }
}
