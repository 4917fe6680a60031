package io.tieback.ledger;

import java.util.List;
import org.springframework.jdbc.core.RowMapper;

/**
 * Pages of tables of 100,000 rows and more: which rows are on a page is found on narrow rows, what
 * is shown is read for these alone, and counting stops at {@link Page#MOST_COUNTED}.
 */
final class Lists {

  private static final int LARGEST = 500;

  private final Db db;

  Lists(Db db) {
    this.db = db;
  }

  /**
   * One page.
   *
   * @param table the table, with its alias {@code t}; it has a column {@code id}
   * @param where conditions on {@code t}
   * @param order what to sort by; ends in {@code t.id}
   * @param select gives the rows to show; holds {@code t} as well, and no condition yet
   * @param size rows of a page, 1 to 500
   * @param offset rows to pass over
   */
  <T> Page<T> page(
      String table,
      Where where,
      String order,
      String select,
      int size,
      int offset,
      RowMapper<T> mapper) {
    if (size < 1 || size > LARGEST || offset < 0) {
      throw new IllegalArgumentException(
          "page of " + size + " rows from " + offset + " on: 1 to 500 rows, from 0 on");
    }
    List<Long> ids =
        where
            .bind(
                db.sql(
                    "select t.id from "
                        + table
                        + " where "
                        + where.text()
                        + " order by "
                        + order
                        + " limit :size offset :offset"))
            .with("size", size)
            .with("offset", offset)
            .ids();
    // A first page that is not full holds all there is.
    if (offset == 0 && ids.size() < size) {
      return new Page<>(rows(select, order, ids, mapper), ids.size(), false);
    }
    long total =
        where
            .bind(
                db.sql(
                    "select count(*) from (select 1 from "
                        + table
                        + " where "
                        + where.text()
                        + " limit :most) counted"))
            .with("most", Page.MOST_COUNTED + 1)
            .number();
    return new Page<>(
        rows(select, order, ids, mapper),
        Math.min(total, Page.MOST_COUNTED),
        total > Page.MOST_COUNTED);
  }

  private <T> List<T> rows(String select, String order, List<Long> ids, RowMapper<T> mapper) {
    return ids.isEmpty()
        ? List.of()
        : db.sql(select + " where t.id = any(:ids::bigint[]) order by " + order)
            .with("ids", ids)
            .list(mapper);
  }

  /** An order by this column, of which empty fields come last, and by id within. */
  static String order(String column, boolean ascending) {
    return column + (ascending ? " asc nulls last, t.id" : " desc nulls last, t.id desc");
  }

  /** As {@link #order}, for a column that is never empty: only so does its index give the order. */
  static String orderOfFilled(String column, boolean ascending) {
    return column + (ascending ? ", t.id" : " desc, t.id desc");
  }
}
