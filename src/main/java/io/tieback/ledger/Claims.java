package io.tieback.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * The figures that the claiming statements in {@code io/tieback/ledger/sql} ask for. Bound in
 * Camel's registry as {@value #BEAN}, so that a route can claim work with camel-sql; the Java
 * stores run the very same files.
 */
public final class Claims {

  /** Name under which the claiming statements look for this bean. */
  public static final String BEAN = "ledgerClaims";

  private static final Pattern BEAN_CALL = Pattern.compile(":#\\$\\{bean:" + BEAN + "\\.(\\w+)}");

  private final Db db;
  private final int requests;
  private final int items;
  private final int notices;
  private final Duration requestLease;
  private final Duration itemLease;
  private final Duration noticeLease;

  Claims(Db db, Limits limits) {
    this.db = db;
    this.requests = limits.requests();
    this.items = limits.items();
    this.notices = limits.notices();
    this.requestLease = limits.requestLease();
    this.itemLease = limits.itemLease();
    this.noticeLease = limits.noticeLease();
  }

  /**
   * How much one claim takes, and for how long. A lease must outlast the work on the whole claim,
   * time-outs included; after it, another node takes over.
   *
   * @param requests most ERP requests a claim
   * @param requestLease how long a claim of requests holds
   * @param items most work items a claim
   * @param itemLease how long a claim of work items holds
   * @param notices most mails a claim
   * @param noticeLease how long a claim of mails holds
   */
  public record Limits(
      int requests,
      Duration requestLease,
      int items,
      Duration itemLease,
      int notices,
      Duration noticeLease) {
    /** 50 requests, 50 items and 20 mails, five minutes each. */
    public static final Limits DEFAULT =
        new Limits(50, Duration.ofMinutes(5), 50, Duration.ofMinutes(5), 20, Duration.ofMinutes(5));
  }

  /** Name of this node. */
  public String node() {
    return db.node();
  }

  /** Now, by the injected clock. */
  public OffsetDateTime now() {
    return inUtc(db.now());
  }

  /** Most ERP requests a claim. */
  public int requests() {
    return requests;
  }

  /** Most work items a claim. */
  public int items() {
    return items;
  }

  /** Most mails a claim. */
  public int notices() {
    return notices;
  }

  /** When a claim of requests that is made now ends. */
  public OffsetDateTime requestLeaseEnd() {
    return inUtc(db.now().plus(requestLease));
  }

  /** When a claim of work items that is made now ends. */
  public OffsetDateTime itemLeaseEnd() {
    return inUtc(db.now().plus(itemLease));
  }

  /** When a claim of mails that is made now ends. */
  public OffsetDateTime noticeLeaseEnd() {
    return inUtc(db.now().plus(noticeLease));
  }

  /** A claiming statement with its figures bound, for use without a route. */
  Sql statement(String file) {
    return db.sql(BEAN_CALL.matcher(read(file)).replaceAll(":$1"))
        .with("requests", requests)
        .with("items", items)
        .with("notices", notices)
        .with("requestLeaseEnd", requestLeaseEnd())
        .with("itemLeaseEnd", itemLeaseEnd())
        .with("noticeLeaseEnd", noticeLeaseEnd());
  }

  private static OffsetDateTime inUtc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static String read(String file) {
    try (InputStream in = Claims.class.getResourceAsStream("sql/" + file)) {
      if (in == null) {
        throw new IllegalStateException(
            "the statement io/tieback/ledger/sql/" + file + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the statement io/tieback/ledger/sql/" + file + " cannot be read", e);
    }
  }
}
