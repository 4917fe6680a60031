package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One page of a list.
 *
 * @param rows in the order that was asked for
 * @param total how many there are, at most {@link #MOST_COUNTED}
 * @param more whether there are more than {@code total}, which were not counted
 */
public record QueuePage(List<Row> rows, long total, boolean more) {

  /** Counting goes no further: nobody pages through more. */
  public static final int MOST_COUNTED = 10_000;

  public QueuePage {
    rows = List.copyOf(rows);
  }

  /** What a list may be sorted by. */
  public enum Sort {
    /** Since when it has its state. */
    SINCE("state_since"),
    /** Its number, as a text. */
    NUMBER("number"),
    /** The company that it is about. */
    PARTY("party"),
    /** Its project's name. */
    PROJECT("project_name"),
    /** What it comes to. */
    AMOUNT("amount"),
    /** Its date. */
    DATE("record_date");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /**
   * What a list shows of an item. What is not known is null.
   *
   * @param id the ledger's key
   * @param connection whose it is
   * @param door {@code procore} or {@code tieback}
   * @param kind a word such as {@code invoice}
   * @param entity External Data's word
   * @param procoreId Procore's id
   * @param erpKey the ERP's key of what may be imported
   * @param state a word such as {@code ready_to_export}
   * @param stateSince since when
   * @param round how often it was sent
   * @param inErp whether its document is in the ERP
   * @param version to be given back with a decision
   * @param number its number
   * @param title its title
   * @param party the company that it is about
   * @param projectId its project
   * @param projectName the project's name
   * @param amount what it comes to
   * @param currency in which currency
   * @param date its date
   * @param procoreStatus its status in Procore
   * @param sentByName who sent it
   * @param sentAt when
   * @param firstAcceptedBy the first of two who accepted it
   * @param shownDigest of how it was last composed
   * @param findings what reading and composing it found, a JSON array of findings
   * @param error why it failed
   */
  public record Row(
      long id,
      ConnectionId connection,
      String door,
      String kind,
      String entity,
      Long procoreId,
      String erpKey,
      String state,
      Instant stateSince,
      int round,
      boolean inErp,
      int version,
      String number,
      String title,
      String party,
      Long projectId,
      String projectName,
      Money amount,
      String currency,
      LocalDate date,
      String procoreStatus,
      String sentByName,
      Instant sentAt,
      Long firstAcceptedBy,
      String shownDigest,
      String findings,
      String error) {

    static final String COLUMNS =
        "id, connection, door, kind, entity, procore_id, erp_key, state, state_since, round,"
            + " in_erp, version, number, title, party, project_id, project_name, amount, currency,"
            + " record_date, procore_status, sent_by_name, sent_at, first_accepted_by,"
            + " shown_digest, cast(findings || shown_findings as text) as found, error";

    static Row map(ResultSet rs, int row) throws SQLException {
      return new Row(
          rs.getLong("id"),
          Sql.connection(rs),
          rs.getString("door"),
          rs.getString("kind"),
          rs.getString("entity"),
          Sql.longOrNull(rs, "procore_id"),
          rs.getString("erp_key"),
          rs.getString("state"),
          Sql.instant(rs, "state_since"),
          rs.getInt("round"),
          rs.getBoolean("in_erp"),
          rs.getInt("version"),
          rs.getString("number"),
          rs.getString("title"),
          rs.getString("party"),
          Sql.longOrNull(rs, "project_id"),
          rs.getString("project_name"),
          Sql.money(rs, "amount"),
          rs.getString("currency"),
          rs.getObject("record_date", LocalDate.class),
          rs.getString("procore_status"),
          rs.getString("sent_by_name"),
          Sql.instant(rs, "sent_at"),
          Sql.longOrNull(rs, "first_accepted_by"),
          rs.getString("shown_digest"),
          rs.getString("found"),
          rs.getString("error"));
    }
  }
}
