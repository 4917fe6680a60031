package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a list shows of a direct cost: the costs of one document of the ERP in one project. What is
 * not known is null.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param kind bill, spend or credit
 * @param erpId the ERP's key of the document
 * @param number the document's number
 * @param supplier its supplier
 * @param date its date
 * @param projectId Procore's project
 * @param projectName the project's name in the ERP
 * @param type Procore's type of the direct cost
 * @param lines how many lines it has
 * @param state planned, known, removed, cancelled or failed
 * @param wantedAmount what it is to come to; null when it is not to stand any more
 * @param writtenAmount what it comes to in Procore
 * @param directCostId Procore's id
 * @param failureMessage the last failure
 * @param remedy what to do about that
 * @param deadLetterId the open dead letter about it
 * @param recordedAt when it was first read
 * @param knownAt when Procore first had it
 * @param changedAt when it came into its state
 * @param changedWhy why
 */
public record JobCostView(
    long id,
    ConnectionId connection,
    String kind,
    String erpId,
    String number,
    String supplier,
    LocalDate date,
    long projectId,
    String projectName,
    String type,
    int lines,
    String state,
    Money wantedAmount,
    Money writtenAmount,
    Long directCostId,
    String failureMessage,
    String remedy,
    Long deadLetterId,
    Instant recordedAt,
    Instant knownAt,
    Instant changedAt,
    String changedWhy) {

  /** What a list may be sorted by. */
  public enum Sort {
    /** Date of the document. */
    DATE("t.dated"),
    /** What it is to come to. */
    AMOUNT("t.wanted_amount"),
    /** Its number, as a text. */
    NUMBER("t.number"),
    /** Its supplier. */
    SUPPLIER("t.supplier"),
    /** Its project. */
    PROJECT("t.project_name"),
    /** Since when it has its state. */
    CHANGED("t.changed_at"),
    /** Its state. */
    STATE("t.state");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    String order(boolean ascending) {
      return Lists.order(column, ascending);
    }
  }

  static final String SELECT =
      """
      select t.*, (select d.id from dead_letter d where d.subject_kind = 'job_cost' and d.subject_id = t.id and d.state = 'open') as letter
      from job_cost t
      """;

  static JobCostView map(ResultSet rs, int row) throws SQLException {
    return new JobCostView(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("kind"),
        rs.getString("erp_id"),
        rs.getString("number"),
        rs.getString("supplier"),
        rs.getObject("dated", LocalDate.class),
        rs.getLong("project_id"),
        rs.getString("project_name"),
        rs.getString("type"),
        rs.getInt("line_count"),
        rs.getString("state"),
        Sql.money(rs, "wanted_amount"),
        Sql.money(rs, "written_amount"),
        Sql.longOrNull(rs, "direct_cost_id"),
        rs.getString("failure_message"),
        rs.getString("remedy"),
        Sql.longOrNull(rs, "letter"),
        Sql.instant(rs, "recorded_at"),
        Sql.instant(rs, "known_at"),
        Sql.instant(rs, "changed_at"),
        rs.getString("changed_why"));
  }
}
