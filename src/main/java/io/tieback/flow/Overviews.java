package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Overview;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger's figures with what only the adapters know: when sign-ins end, who was here last. */
public final class Overviews {

  private final Ledger ledger;
  private final WebConnectorVisits visits;
  private final Map<String, Duration> unusedEndsAfter;

  /**
   * Wires it.
   *
   * @param visits of Web Connectors
   * @param unusedEndsAfter how long a sign-in lasts that is not used, by the short name of a system
   *     that does not tell its end itself; of others that do not, sign-ins do not end
   */
  public Overviews(
      Ledger ledger, WebConnectorVisits visits, Map<String, Duration> unusedEndsAfter) {
    this.ledger = ledger;
    this.visits = visits;
    this.unusedEndsAfter = Map.copyOf(unusedEndsAfter);
  }

  /**
   * How things stand.
   *
   * @param figures the ledger's
   * @param signIns the same sign-ins as in the figures, with their end
   * @param visits last visits of Web Connectors
   */
  public record Whole(
      Overview figures, List<SignInEnd> signIns, List<WebConnectorVisits.Visit> visits) {
    public Whole {
      signIns = List.copyOf(signIns);
      visits = List.copyOf(visits);
    }
  }

  /**
   * A sign-in and its end.
   *
   * @param signIn the sign-in
   * @param unusedFor since its token was last renewed
   * @param endsAt when it ends unless it is used before; empty when it does not end by itself, or
   *     nobody is signed in
   */
  public record SignInEnd(Overview.SignIn signIn, Duration unusedFor, Optional<Instant> endsAt) {}

  /**
   * How things stand.
   *
   * @param connection of this connection, or null for all
   */
  public Whole of(ConnectionId connection) {
    Overview figures = ledger.overview(connection);
    List<SignInEnd> ends =
        figures.signIns().stream()
            .map(
                signIn ->
                    new SignInEnd(
                        signIn,
                        Duration.between(signIn.renewedAt(), figures.at()),
                        Optional.ofNullable(signIn.endsAt())
                            .or(
                                () ->
                                    Optional.ofNullable(unusedEndsAfter.get(signIn.system()))
                                        .map(after -> signIn.renewedAt().plus(after)))
                            .filter(end -> signIn.present())))
            .toList();
    return new Whole(figures, ends, visits.last(connection));
  }
}
