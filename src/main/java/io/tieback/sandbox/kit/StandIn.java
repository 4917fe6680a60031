package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import java.util.Set;

/**
 * One vendor's service, in memory. The kit calls every method on one event loop, so an operation
 * that returns has committed, and no other operation was in between.
 */
public interface StandIn {
  /** Short lower-case name, e.g. {@code xero}. */
  String name();

  /** Registers the vendor's paths, each through {@link Call#handler}. */
  void routes(Router router);

  /**
   * Registers further paths below {@code /_sandbox} (conveniences of the vendor for tests). They
   * too go through {@link Call#handler}, but are neither listed as requests nor struck by faults.
   * An {@link IllegalArgumentException} thrown there is answered as 400 with its message.
   */
  default void controlRoutes(Router router) {}

  /** The answer to a path that no route serves. */
  default Answer notFound(Call call) {
    return Answer.empty(404);
  }

  /** Forgets everything, settings included. */
  void reset();

  /**
   * Adds records to what is there.
   *
   * @return the ids that were made or kept
   * @throws IllegalArgumentException when the seed is wrong; nothing is added then
   */
  ObjectNode seed(ObjectNode seed);

  /** Present values of the vendor's switches. */
  ObjectNode settings();

  /**
   * Changes the switches that are named.
   *
   * @throws IllegalArgumentException for an unknown name or a wrong type; nothing is changed then
   */
  void settings(ObjectNode changes);

  /** Names accepted in {@code {"vendor": name}} effects of faults. */
  default Set<String> vendorEffects() {
    return Set.of();
  }

  /** Applies a vendor effect before the call that was struck is processed. */
  default void vendorEffect(String effect, Call call) {
    throw new IllegalArgumentException("no such effect: " + effect);
  }

  /**
   * A request is complete and nothing was done for it yet: the place to count requests in flight.
   */
  default void arrived(Call call) {}

  /**
   * The request of {@link #arrived} is over: answered, dropped or given up. Called once for each.
   */
  default void left(Call call) {}

  /** The clock was moved by a test: the place to fire what is due by then. */
  default void clockMoved() {}
}
