package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ComposedDocument;
import io.tieback.ledger.DoorRequests.Correction;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the routes composed, and only what was accepted (design section 2, TB-ACC-01): a
 * document that an approver accepted at Tieback's own door, and that composes otherwise now, does
 * not go out. Its item goes back to the approver, with what is different. What nobody accepted is
 * not bound: direct exports and the Procore door, but for a direct export that an operator
 * corrected.
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

  private record Other(Candidate candidate, QueueItem item) {}

  /** Stores in one transaction what may go, and gives back what may not. */
  void store(List<Candidate> candidates) {
    List<Other> others = new ArrayList<>();
    ledger.together(
        () -> {
          List<ComposedDocument> as = new ArrayList<>();
          for (Candidate candidate : candidates) {
            Optional<QueueItem> other = other(candidate);
            other.ifPresentOrElse(
                item -> others.add(new Other(candidate, item)), () -> as.add(candidate.document()));
          }
          return ledger.workItems().composed(as);
        });
    others.forEach(this::giveBack);
  }

  /** The item that accepted something else; empty when the document may go. */
  private Optional<QueueItem> other(Candidate candidate) {
    if (!rooms.of(candidate.connection()).door().tieback()) {
      return Optional.empty();
    }
    long work = candidate.document().itemId();
    return ledger
        .queueItems()
        .ofWorkItem(work)
        .filter(item -> item.way().acceptedDigest() != null)
        .filter(item -> !item.way().acceptedDigest().equals(candidate.acceptance()))
        .filter(
            item ->
                item.way().acceptedBy() != null
                    || ledger.doorRequests().correction(work).isPresent());
  }

  private void giveBack(Other other) {
    QueueItem item = other.item();
    ComposedDocument document = other.candidate().document();
    Optional<Correction> correction = ledger.doorRequests().correction(document.itemId());
    String why = why(other, correction);
    LOG.warn(
        "composes otherwise than what was accepted, given back connection='{}' item='{}' why='{}'",
        item.connection(),
        item.id(),
        why);
    ledger.together(
        () -> {
          correction
              .flatMap(one -> DoorData.corrected(item, Json.read(one.event())))
              .ifPresent(event -> ledger.doorRequests().replaceEvent(item.id(), Json.write(event)));
          returning.returned(item.id(), why);
          ledger.doorRequests().withdraw(document.itemId(), document.round(), why);
          return null;
        });
  }

  private String why(Other other, Optional<Correction> correction) {
    ObjectNode now = (ObjectNode) Json.read(other.candidate().document().document());
    json.accounts(rooms.of(other.candidate().connection()), now);
    String shown = other.item().shown().preview();
    JsonNode before = shown == null ? null : Json.read(shown).path("document");
    String differences =
        before == null || !before.isObject()
            ? "its figures changed in Procore"
            : Differences.between(before, now);
    return correction
        .map(one -> "Corrected by " + one.who() + " before it was written again: " + differences)
        .orElse(differences);
  }
}
