package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * One statement and its parameters. A collection becomes one PostgreSQL array, so that a statement
 * over any number of rows is one round trip: whole numbers as {@code bigint[]}, everything else as
 * {@code text[]} for the statement to cast.
 */
final class Sql {

  private final NamedParameterJdbcTemplate jdbc;
  private final String text;
  private final MapSqlParameterSource parameters = new MapSqlParameterSource();

  Sql(NamedParameterJdbcTemplate jdbc, String text) {
    this.jdbc = jdbc;
    this.text = text;
  }

  Sql with(String name, Object value) {
    parameters.addValue(name, bindable(value));
    return this;
  }

  int update() {
    return jdbc.update(text, parameters);
  }

  /** For statements whose result is of no interest, such as taking a lock. */
  void run() {
    jdbc.query(text, parameters, rs -> {});
  }

  <T> List<T> list(RowMapper<T> mapper) {
    return jdbc.query(text, parameters, mapper);
  }

  <T> Optional<T> first(RowMapper<T> mapper) {
    List<T> rows = list(mapper);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /** The only row's only number. */
  long number() {
    Long value = jdbc.queryForObject(text, parameters, Long.class);
    return value == null ? 0 : value;
  }

  /** Ids in the first column. */
  List<Long> ids() {
    return list((rs, row) -> rs.getLong(1));
  }

  private static Object bindable(Object value) {
    if (value instanceof Instant instant) {
      return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    if (value instanceof ConnectionId connection) {
      return connection.value();
    }
    if (value instanceof Money money) {
      return money.amount();
    }
    if (value instanceof Enum<?> word) {
      return word.name();
    }
    if (value instanceof Collection<?> many) {
      if (!many.isEmpty() && many.stream().allMatch(e -> e instanceof Long)) {
        return many.toArray(Long[]::new);
      }
      return many.stream().map(Sql::asText).toArray(String[]::new);
    }
    return value;
  }

  private static String asText(Object element) {
    if (element instanceof BigDecimal figure) {
      return figure.toPlainString();
    }
    if (element instanceof Collection<?> nested) {
      throw new IllegalArgumentException(
          "a collection in a collection has no PostgreSQL array here: " + nested);
    }
    return element == null ? null : element.toString();
  }

  static Instant instant(ResultSet rs, String column) throws SQLException {
    OffsetDateTime value = rs.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  static List<String> strings(ResultSet rs, String column) throws SQLException {
    Array array = rs.getArray(column);
    return array == null ? List.of() : List.copyOf(Arrays.asList((String[]) array.getArray()));
  }

  static Long longOrNull(ResultSet rs, String column) throws SQLException {
    long value = rs.getLong(column);
    return rs.wasNull() ? null : value;
  }

  static UUID uuid(ResultSet rs, String column) throws SQLException {
    return rs.getObject(column, UUID.class);
  }

  static ConnectionId connection(ResultSet rs) throws SQLException {
    return new ConnectionId(rs.getString("connection"));
  }

  static Money money(ResultSet rs, String column) throws SQLException {
    BigDecimal value = rs.getBigDecimal(column);
    return value == null ? null : new Money(value);
  }
}
