package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.wire.CallCounter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts calls by name, for the whole process and for each connection, and for the record that a
 * thread works on.
 */
public final class CallTally implements CallCounter {

  private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();
  private final Map<ConnectionId, CallTally> ofConnections = new ConcurrentHashMap<>();
  private final ThreadLocal<int[]> ofThisThread = ThreadLocal.withInitial(() -> new int[1]);

  @Override
  public void called(String operation) {
    byName.computeIfAbsent(operation, none -> new LongAdder()).increment();
    ofThisThread.get()[0]++;
  }

  /** Counts calls of one connection, here and for the connection alone. */
  public CallCounter of(ConnectionId connection) {
    CallTally alone = ofConnections.computeIfAbsent(connection, none -> new CallTally());
    return operation -> {
      called(operation);
      alone.called(operation);
    };
  }

  /** Calls of one connection by name. */
  public Map<String, Long> byName(ConnectionId connection) {
    CallTally alone = ofConnections.get(connection);
    return alone == null ? Map.of() : alone.byName();
  }

  /** Calls that this thread made since it asked last. */
  public int since() {
    int[] count = ofThisThread.get();
    int made = count[0];
    count[0] = 0;
    return made;
  }

  /** Calls of the process by name. */
  public Map<String, Long> byName() {
    Map<String, Long> sums = new TreeMap<>();
    byName.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }
}
