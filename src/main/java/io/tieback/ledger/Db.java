package io.tieback.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the stores share: statements with named parameters, transactions, the clock and the name of
 * this node.
 */
final class Db {

  private final NamedParameterJdbcTemplate jdbc;
  private final TransactionTemplate joining;
  private final TransactionTemplate separate;
  private final Clock clock;
  private final String node;

  Db(DataSource dataSource, Clock clock, String node) {
    this.jdbc = new NamedParameterJdbcTemplate(dataSource);
    DataSourceTransactionManager manager = new DataSourceTransactionManager(dataSource);
    this.joining = new TransactionTemplate(manager);
    this.separate = new TransactionTemplate(manager);
    this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
    this.node = node;
  }

  /** A statement; {@code :now} and {@code :node} are always bound. */
  Sql sql(String text) {
    return new Sql(jdbc, text).with("now", now()).with("node", node);
  }

  /**
   * Runs the work in the transaction of the caller, or in one of its own. Any exception takes
   * everything back.
   */
  <T> T inTransaction(Supplier<T> work) {
    return joining.execute(status -> work.get());
  }

  /** As {@link #inTransaction(Supplier)}, without a result. */
  void inTransaction(Runnable work) {
    joining.executeWithoutResult(status -> work.run());
  }

  /**
   * Runs the work in a transaction of its own, committed before this returns, whatever transaction
   * the caller is in.
   */
  <T> T inOwnTransaction(Supplier<T> work) {
    return separate.execute(status -> work.get());
  }

  /** Now by the injected clock, in the microseconds that PostgreSQL keeps. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  String node() {
    return node;
  }

  /**
   * Until the end of the transaction nobody else holds the same name: neither as a whole nor
   * shared. For decisions that look at rows which another transaction may be about to write.
   */
  void holdAlone(String name) {
    sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))").with("name", name).run();
  }

  /** As {@link #holdAlone}, but any number may hold it shared. */
  void holdShared(String name) {
    sql("select pg_advisory_xact_lock_shared(hashtextextended(:name, 0))").with("name", name).run();
  }
}
