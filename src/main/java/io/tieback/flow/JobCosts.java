package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.JobCost;
import io.tieback.erp.JobCostReading;
import io.tieback.ledger.Cursors;
import io.tieback.ledger.JobCostJournal;
import io.tieback.ledger.JobCostJournal.Key;
import io.tieback.ledger.JobCostJournal.Recorded;
import io.tieback.ledger.Ledger;
import io.tieback.wire.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading job costs (XR-JC-01): what changed in the ERP is matched with projects and codes of
 * Procore and recorded together with the cursor. What did not come for want of a link is looked at
 * again each time, since the link may have been made since.
 */
public final class JobCosts {

  private static final Logger LOG = LoggerFactory.getLogger(JobCosts.class);
  private static final String CURSOR = "job-costs";
  private static final String BEGUN = "tiebackJobCostReading";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;

  /** Wires it. */
  public JobCosts(Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
  }

  /** Which connection a reading is of, and where it began. */
  private record Begun(ConnectionId connection, String cursor) {}

  /**
   * What a reading came to, for people.
   *
   * @param connection whose it is
   * @param calls calls to the ERP
   * @param documents documents that are new or changed
   * @param recorded what recording came to
   */
  public record Report(ConnectionId connection, int calls, int documents, Recorded recorded) {}

  /**
   * Reads what changed; the body goes from the connection to the {@link JobCostReading}. A failure
   * leaves everything as it is.
   */
  public void read(Exchange exchange) {
    ConnectionId connection = exchange.getMessage().getBody(ConnectionId.class);
    Begun begun = begin(connection);
    exchange.setProperty(BEGUN, begun);
    exchange.getMessage().setBody(read(begun));
  }

  /**
   * Matches and records what was read and moves the cursor; the body becomes the {@link Report}.
   */
  public void record(Exchange exchange) {
    Begun begun = exchange.getProperty(BEGUN, Begun.class);
    exchange
        .getMessage()
        .setBody(record(begun, exchange.getMessage().getBody(JobCostReading.class)));
  }

  /** Reads and records one connection now, as {@code tieback sync costs} does. */
  public Report sync(ConnectionId connection) {
    Begun begun = begin(connection);
    return record(begun, read(begun));
  }

  private Begun begin(ConnectionId connection) {
    return new Begun(connection, ledger.cursors().get(connection, CURSOR).orElse(null));
  }

  private JobCostReading read(Begun begun) {
    try {
      return rooms.of(begun.connection()).erp().readJobCosts(begun.cursor());
    } catch (Failure failure) {
      watch.noticed(begun.connection(), failure);
      throw failure;
    }
  }

  private Report record(Begun begun, JobCostReading reading) {
    ConnectionId connection = begun.connection();
    JobCostJournal journal = ledger.jobCosts();
    Map<Key, JobCost> changed = changed(connection, reading);
    Map<Key, JobCost> documents = new LinkedHashMap<>(changed);
    journal
        .waiting(connection)
        .forEach((key, text) -> documents.computeIfAbsent(key, k -> JobCostTexts.document(text)));
    List<JobCostJournal.Document> matched = match(connection, documents);
    Recorded[] recorded = new Recorded[1];
    try {
      ledger
          .cursors()
          .advance(
              connection,
              CURSOR,
              begun.cursor(),
              reading.nextCursor(),
              () -> recorded[0] = journal.record(connection, matched));
    } catch (Cursors.CursorMoved moved) {
      // Another node, or a command, was faster with the same reading: what it recorded counts.
      LOG.debug("another reading was recorded meanwhile connection='{}'", connection);
      return new Report(connection, reading.calls(), 0, new Recorded(0, 0, 0, 0));
    }
    ledger.connections().costsRead(connection);
    Recorded result = recorded[0];
    if (result.added() + result.changed() + result.gone() > 0) {
      LOG.info(
          "job costs read connection='{}' documents='{}' new='{}' changed='{}' gone='{}'"
              + " unsyncedLines='{}' calls='{}'",
          connection,
          changed.size(),
          result.added(),
          result.changed(),
          result.gone(),
          result.unsynced(),
          reading.calls());
    }
    return new Report(connection, reading.calls(), changed.size(), result);
  }

  private List<JobCostJournal.Document> match(
      ConnectionId connection, Map<Key, JobCost> documents) {
    try {
      return new JobCostMatching(rooms.of(connection), ledger.jobCosts()).match(documents.values());
    } catch (Failure failure) {
      watch.noticed(connection, failure);
      throw failure;
    }
  }

  /**
   * Readings overlap: what is as it was recorded is left alone. What is known and exists no more is
   * gone, whether or not the ERP says so of each.
   */
  private Map<Key, JobCost> changed(ConnectionId connection, JobCostReading reading) {
    Map<Key, JobCost> read = new LinkedHashMap<>();
    reading
        .existing()
        .forEach(
            (kind, all) ->
                ledger
                    .jobCosts()
                    .others(connection, kind.key(), all)
                    .forEach((key, text) -> read.put(key, JobCostTexts.document(text).gone())));
    reading
        .documents()
        .forEach(document -> read.put(new Key(document.kind().key(), document.erpId()), document));
    ledger
        .jobCosts()
        .documents(connection, read.keySet())
        .forEach((key, text) -> read.computeIfPresent(key, (k, d) -> unlessAs(text, d)));
    return read;
  }

  private static JobCost unlessAs(String recorded, JobCost document) {
    return JobCostTexts.text(document).equals(recorded) ? null : document;
  }
}
