package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Procore's people: invoices are sent to the ERP tool and accepted, most of them one an event, some
 * two to five in one.
 */
final class Release {

  private final StandIns standIns;
  private final List<List<Long>> events = new ArrayList<>();
  private final int invoices;
  private int nextEvent;
  private int released;

  Release(StandIns standIns, long seed) {
    this.standIns = standIns;
    Random random = new Random(seed);
    List<Long> all = standIns.seed().requisitionIds();
    invoices = all.size();
    for (int at = 0; at < all.size(); ) {
      int size = random.nextInt(10) == 0 ? Math.min(2 + random.nextInt(4), all.size() - at) : 1;
      events.add(all.subList(at, at + size));
      at += size;
    }
  }

  /**
   * Accepts the next events, until so many invoices are out.
   *
   * @param total how many invoices shall be out; whole events only, so it may be a few more
   */
  void upTo(int total) {
    while (released < Math.min(total, invoices)) {
      List<Long> event = events.get(nextEvent++);
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode ids = body.putArray("requisitionIds");
      event.forEach(ids::add);
      standIns.procore().post("send", body);
      standIns.procore().post("accept", body.deepCopy().put("oneEvent", true));
      released += event.size();
    }
  }

  /** How many invoices are out. */
  int released() {
    return released;
  }

  /** How many events there are in all, and how many of them hold one invoice. */
  String shape() {
    long single = events.stream().filter(event -> event.size() == 1).count();
    return invoices
        + " invoices in "
        + events.size()
        + " events, "
        + single
        + " of them with one invoice";
  }
}
