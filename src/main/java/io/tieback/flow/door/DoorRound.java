package io.tieback.flow.door;

import io.tieback.construction.ConnectionId;
import io.tieback.procore.PublicRecords;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One reading of a connection, from what is due to what became of it.
 *
 * <p>A step that fails does not stop the others, except where they would fail as well; what depends
 * on it is left for the next round, and its cursor stays where it is.
 */
public final class DoorRound {

  private static final Set<DoorResource> BEFORE_CHANGE_ORDERS =
      Set.of(DoorResource.WORK_ORDER_CONTRACTS, DoorResource.PURCHASE_ORDER_CONTRACTS);

  private final ConnectionId connection;
  private final boolean whole;
  private final List<String> problems = new ArrayList<>();
  private final Set<Long> withoutCommitments = new HashSet<>();
  private boolean over;
  private int records;
  private int sent;
  private DoorPeople people;

  DoorRound(ConnectionId connection, boolean whole) {
    this.connection = connection;
    this.whole = whole;
  }

  /** Whose it is. */
  public ConnectionId connection() {
    return connection;
  }

  /** Whether everything is asked for what changed; else only what webhooks named. */
  public boolean whole() {
    return whole;
  }

  /** The company's people, listed at most once a round. */
  DoorPeople people(PublicRecords procore) {
    people = people == null ? new DoorPeople(procore) : people;
    return people;
  }

  boolean goesOn(DoorStep step) {
    boolean lacksCommitments =
        step.resource() == DoorResource.CHANGE_ORDERS
            && withoutCommitments.contains(step.projectId());
    return !over && !lacksCommitments;
  }

  void failed(DoorStep step, Failure failure) {
    problems.add(step.cursor() + ": " + failure.getMessage());
    if (BEFORE_CHANGE_ORDERS.contains(step.resource())) {
      withoutCommitments.add(step.projectId());
    }
    over |= failure.kind() == FailureKind.CREDENTIALS || failure.kind() == FailureKind.THROTTLED;
  }

  void problem(String words) {
    problems.add(words);
  }

  void recorded(int read, int nowSent) {
    records += read;
    sent += nowSent;
  }

  /** What could not be read, with why. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Records that were new or changed. */
  public int records() {
    return records;
  }

  /** Records that were sent to the approvers. */
  public int sent() {
    return sent;
  }
}
