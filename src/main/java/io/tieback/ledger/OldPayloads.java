package io.tieback.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * What grows with every record and is of no use any more once the record is done: the bytes of
 * closed batches, the text of answered requests, mails that left. The records themselves, their
 * outcomes, keys and digests, their history and the audit stay for good: they are the proof that
 * nothing was written twice.
 */
public final class OldPayloads {

  private static final int AT_ONCE = 1_000;

  private final Db db;

  OldPayloads(Db db) {
    this.db = db;
  }

  /**
   * Lets go of payloads that were done with before so long, a thousand rows in a transaction.
   *
   * @return how many rows gave something up
   */
  public long letGo(Duration keep) {
    Instant before = db.now().minus(keep);
    return all(
            """
            update write_batch set body = ''::bytea where id in (
              select id from write_batch where state = 'closed' and closed_at < :before and length(body) > 0 limit :most)
            """,
            before)
        + all(
            """
            update erp_request set body = null where id in (
              select id from erp_request where state = 'answered' and answered_at < :before and body is not null limit :most)
            """,
            before)
        + all(
            """
            delete from notice where id in (
              select id from notice where state = 'sent' and sent_at < :before limit :most)
            """,
            before)
        + all(
            """
            delete from failure_note where id in (
              select id from failure_note where mailed_at < :before limit :most)
            """,
            before);
  }

  private long all(String statement, Instant before) {
    long gone = 0;
    int rows;
    do {
      rows = db.sql(statement).with("before", before).with("most", AT_ONCE).update();
      gone += rows;
    } while (rows == AT_ONCE);
    return gone;
  }
}
