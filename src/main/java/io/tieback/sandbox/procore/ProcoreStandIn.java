package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.StandIn;
import io.tieback.sandbox.kit.Surroundings;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;

/** Procore's service, in memory. */
public final class ProcoreStandIn implements StandIn {
  private final Switches switches = new Switches();

  /** An empty service. */
  public ProcoreStandIn(Surroundings surroundings) {}

  @Override
  public String name() {
    return "procore";
  }

  @Override
  public void routes(Router router) {}

  @Override
  public void reset() {
    switches.reset();
  }

  @Override
  public ObjectNode seed(ObjectNode seed) {
    return Json.object();
  }

  @Override
  public ObjectNode settings() {
    return switches.values();
  }

  @Override
  public void settings(ObjectNode changes) {
    switches.change(changes);
  }
}
