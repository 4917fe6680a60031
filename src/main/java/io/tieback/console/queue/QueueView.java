package io.tieback.console.queue;

import io.tieback.approval.QueueList;
import io.tieback.approval.QueueState;
import io.tieback.console.web.Problem;
import io.tieback.ledger.QueueFilter;
import io.tieback.ledger.QueueItems;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The lists that people see: the six of the tool (GEN-Q-01), and what is in none of them. */
enum QueueView {
  /** What the ERP has and Procore has not. */
  READY_TO_IMPORT(QueueList.READY_TO_IMPORT),
  /** What waits for a decision, and what is on its way. */
  READY_TO_EXPORT(QueueList.READY_TO_EXPORT),
  /** What is in the ERP and was sent again. */
  READY_TO_UPDATE(QueueList.READY_TO_UPDATE),
  /** What could not be written. */
  FAILED_TO_EXPORT(QueueList.FAILED_TO_EXPORT),
  /** What was retrieved or rejected, and waits for its sender. */
  SENT_BACK(QueueState.RETRIEVED, QueueState.REJECTED),
  /** What was not sent, and why. */
  NOT_SENT(QueueState.NOT_SENT, QueueState.UNLINKED, QueueState.INVALID),
  /** What is in both. */
  SYNCED(QueueList.SYNCED),
  /** What was set aside. */
  ARCHIVED(QueueList.ARCHIVED);

  private final QueueList list;
  private final List<QueueState> states;

  QueueView(QueueList list) {
    this.list = list;
    this.states = Arrays.stream(QueueState.values()).filter(one -> one.list() == list).toList();
  }

  QueueView(QueueState... states) {
    this.list = null;
    this.states = List.of(states);
  }

  /** The list of a path segment; 404 when there is none. */
  static QueueView ofPath(String path) {
    return Arrays.stream(values())
        .filter(one -> one.path().equals(path))
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  /** Its path segment, such as {@code ready-to-export}. */
  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Message of its name. */
  public String key() {
    return "queue.list." + path();
  }

  /** States that it shows. */
  List<QueueState> states() {
    return states;
  }

  /** Whether what it shows waits for an approver. */
  boolean decided() {
    return this == READY_TO_EXPORT || this == READY_TO_UPDATE;
  }

  /** Everything in it. */
  QueueFilter filter() {
    return list != null
        ? QueueFilter.ofList(list.name().toLowerCase(Locale.ROOT))
        : QueueFilter.ofStates(states.stream().map(QueueState::word).toArray(String[]::new));
  }

  /** Whether it shows what was counted. */
  boolean shows(QueueItems.Count count) {
    return states.contains(QueueState.of(count.state()));
  }
}
