package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OriginId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.ErpEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Procore tells that a commitment was made there with a link to an order. The link is learned, and
 * what waited for the commitment goes.
 */
public final class CommitmentInProcore implements EventDeed {

  private final Ledger ledger;

  /** Wires it. */
  public CommitmentInProcore(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of("create_commitment_in_procore");
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    JsonNode commitment = event.data().path("commitment");
    Optional<CommitmentKind> kind = CommitmentKind.of(commitment.path("type").textValue());
    String link = commitment.path("origin_id").textValue();
    if (kind.isEmpty() || !commitment.path("id").canConvertToLong() || !isOurs(room, link)) {
      return Outcome.done("Told of a commitment without a link of this connection.", 0);
    }
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    room.id(),
                    kind.get().itemType(),
                    Long.toString(commitment.path("id").longValue()),
                    link,
                    OriginId.parse(link).key(),
                    commitment.path("origin_code").textValue(),
                    null)));
    return Outcome.done("The link of the commitment is known.", 0);
  }

  private static boolean isOurs(ConnectionRoom room, String link) {
    try {
      return link != null && OriginId.parse(link).connection().equals(room.id());
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }
}
