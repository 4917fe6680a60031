package io.tieback.sandbox.kit;

import io.vertx.core.Vertx;

/**
 * What a stand-in is given at start.
 *
 * @param vertx for timers and outgoing calls; everything started from a handler runs on the
 *     stand-in's own event loop
 * @param clock the stand-in's clock
 */
public record Surroundings(Vertx vertx, SandboxClock clock) {}
