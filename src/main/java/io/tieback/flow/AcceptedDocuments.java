package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.QueueState;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ComposedDocument;
import io.tieback.ledger.DoorRequests.Bound;
import io.tieback.ledger.DoorRequests.Correction;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the routes composed, and only what was accepted (design section 2, TB-ACC-01): a
 * document that an approver accepted at Tieback's own door, and that composes otherwise now, does
 * not go out. Its item goes back to the approver, with what is different. What nobody accepted is
 * not bound: direct exports and the Procore door, but for a direct export that a person corrected.
 */
public final class AcceptedDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptedDocuments.class);

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final PreviewJson json;
  private final Returning returning;

  /** Gives an item of the queue back to whoever decides about it. */
  @FunctionalInterface
  public interface Returning {

    /**
     * In the transaction of the caller.
     *
     * @param queueItem which item
     * @param why what is different, for people
     */
    void returned(long queueItem, String why);
  }

  /** Wires it. */
  public AcceptedDocuments(
      Ledger ledger, ConnectionRooms rooms, ItemShelf shelf, Returning returning) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.json = new PreviewJson(shelf);
    this.returning = returning;
  }

  /**
   * A document that was composed.
   *
   * @param connection whose it is
   * @param acceptance what an acceptance of it would bind
   * @param document what is stored of it
   */
  record Candidate(ConnectionId connection, String acceptance, ComposedDocument document) {}

  /** Something that does not go: what nobody accepted so is given back, what nobody accepts now. */
  private record Other(Candidate candidate, QueueItem item, boolean itself, boolean wanted) {}

  /** States in which what was accepted is still on its way, or was there already. */
  private static final Set<String> ON_ITS_WAY =
      Set.of(QueueState.EXPORTING.word(), QueueState.FAILED.word(), QueueState.SYNCED.word());

  /** Stores in one transaction what may go, and gives back what may not. */
  void store(List<Candidate> candidates) {
    List<Other> others = new ArrayList<>();
    ledger.together(
        () -> {
          Map<Long, List<Bound>> bound =
              ledger
                  .doorRequests()
                  .bound(candidates.stream().map(one -> one.document().itemId()).toList());
          List<ComposedDocument> as = new ArrayList<>();
          for (Candidate candidate : candidates) {
            List<Bound> bindings = bound.get(candidate.document().itemId());
            Optional<Other> other =
                bindings == null ? ofProcore(candidate) : other(candidate, bindings);
            other.ifPresentOrElse(others::add, () -> as.add(candidate.document()));
          }
          return ledger.workItems().composed(as);
        });
    others.forEach(this::giveBack);
  }

  /**
   * What Procore sent at its own door was accepted there; where Tieback's door counts by now, what
   * was accepted here binds it all the same.
   */
  private Optional<Other> ofProcore(Candidate candidate) {
    if (!rooms.of(candidate.connection()).door().tieback()) {
      return Optional.empty();
    }
    return ledger
        .queueItems()
        .ofWorkItem(candidate.document().itemId())
        .filter(item -> item.way().acceptedDigest() != null)
        .flatMap(item -> other(candidate, new Bound(item.id(), true, null)));
  }

  /**
   * Empty when the document may go. A code that several projects have goes when one of them was
   * accepted with it.
   */
  private Optional<Other> other(Candidate candidate, List<Bound> bindings) {
    Optional<Other> latest = Optional.empty();
    for (Bound bound : bindings) {
      Optional<Other> other = other(candidate, bound);
      if (other.isEmpty()) {
        return other;
      }
      latest = latest.or(() -> other);
    }
    return latest;
  }

  private Optional<Other> other(Candidate candidate, Bound bound) {
    QueueItem item = ledger.queueItems().find(bound.queueItem()).orElseThrow();
    if (!ON_ITS_WAY.contains(item.state())) {
      // Sent again, taken back or set aside since it was accepted, and replayed all the same.
      return Optional.of(new Other(candidate, item, bound.itself(), false));
    }
    String accepted =
        bound.part() != null || !bound.itself() ? bound.part() : item.way().acceptedDigest();
    boolean decided =
        item.way().acceptedBy() != null
            || (bound.itself() && item.correction() != null)
            || ledger.doorRequests().correction(candidate.document().itemId()).isPresent();
    return !decided || Objects.equals(accepted, candidate.acceptance())
        ? Optional.empty()
        : Optional.of(new Other(candidate, item, bound.itself(), true));
  }

  private void giveBack(Other other) {
    QueueItem item = other.item();
    ComposedDocument document = other.candidate().document();
    Optional<Correction> correction = ledger.doorRequests().correction(document.itemId());
    String why = other.wanted() ? why(other, correction) : notAccepted(item);
    LOG.warn(
        "does not go out as nobody accepted it so connection='{}' item='{}' why='{}'",
        item.connection(),
        item.id(),
        why);
    ledger.together(
        () -> {
          // Another part of it may have brought it back already.
          String state = ledger.queueItems().hold(item.id()).orElseThrow().state();
          if (ON_ITS_WAY.contains(state) && !state.equals(QueueState.SYNCED.word())) {
            returning.returned(item.id(), why);
          }
          ledger.doorRequests().withdraw(document.itemId(), document.round(), why);
          return null;
        });
  }

  private static String notAccepted(QueueItem item) {
    return "It was accepted before, and is "
        + item.state().replace('_', ' ')
        + " now: it goes out when it is accepted again.";
  }

  private String why(Other other, Optional<Correction> correction) {
    String differences = other.itself() ? ofItself(other) : ofPart(other);
    return correction
        .map(one -> "Corrected by " + one.who() + " before it was written again: " + differences)
        .orElse(differences);
  }

  private String ofItself(Other other) {
    ObjectNode now = (ObjectNode) Json.read(other.candidate().document().document());
    ConnectionRoom room = rooms.of(other.candidate().connection());
    json.accounts(room, now);
    String shown = other.item().shown().preview();
    JsonNode before = shown == null ? null : Json.read(shown).path("document");
    String differences =
        before == null || !before.isObject()
            ? "its figures changed in Procore"
            : Differences.between(before, now);
    return room.door().tieback()
        ? differences
        : "the connection's door was changed to Procore's since; " + differences;
  }

  private static String ofPart(Other other) {
    JsonNode now = Json.read(other.candidate().document().document());
    String code = now.path("code").asText();
    String shown = other.item().shown().preview();
    JsonNode codes = shown == null ? Json.array() : Json.read(shown).path("codes");
    for (JsonNode before : codes) {
      if (before.path("code").asText().equals(code)) {
        return "code " + code + ": " + Differences.between(before, now);
      }
    }
    return "code " + code + ": not accepted, would be written now";
  }
}
