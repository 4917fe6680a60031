package io.tieback.flow;

import io.tieback.ledger.JobCostSteps.Step;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Notifier;
import java.time.Clock;
import java.util.List;

/**
 * Writes direct costs to Procore: the same step of many at once through the bulk sync, each row
 * journalled on its own (design section 5). A row that Procore refuses does not stop its
 * neighbours.
 */
public final class JobCostWriting {

  private static final int COSTS_A_TURN = 200;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Notifier notifier;
  private final Clock clock;

  /** Wires it. */
  public JobCostWriting(
      Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch, Notifier notifier, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.notifier = notifier;
    this.clock = clock;
  }

  /**
   * One turn for every connection: takes direct costs that are due, and goes as far with them as it
   * can. Gives how many steps were taken.
   */
  public int write() {
    int taken = 0;
    for (ConnectionRoom room : rooms.all()) {
      List<Step> steps =
          ledger
              .jobCostSteps()
              .claim(room.id(), COSTS_A_TURN, room.times().settle(), room.times().lease());
      taken += new JobCostTurn(room, ledger, watch, notifier, clock).take(steps);
    }
    return taken;
  }
}
