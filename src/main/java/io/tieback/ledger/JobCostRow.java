package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The costs that a document has in a project, as the ledger has them: one direct cost in Procore.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param kind bill, spend or credit
 * @param erpId the ERP's key of the document
 * @param projectId Procore's project
 * @param originId its External Data
 * @param type the type under which it is first written, and then for good
 * @param state planned, known, removed, cancelled or failed
 * @param wanted as it is to stand in Procore, or null when it is not to stand any more
 * @param wantedAmount what it is to come to, or null
 * @param writtenAmount what it comes to in Procore, or null when it is not there
 * @param directCostId Procore's id, or null until known
 * @param failureMessage the last failure, or null
 */
public record JobCostRow(
    long id,
    ConnectionId connection,
    String kind,
    String erpId,
    long projectId,
    String originId,
    String type,
    String state,
    String wanted,
    Money wantedAmount,
    Money writtenAmount,
    Long directCostId,
    String failureMessage) {

  static JobCostRow map(ResultSet rs, int row) throws SQLException {
    return new JobCostRow(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("kind"),
        rs.getString("erp_id"),
        rs.getLong("project_id"),
        rs.getString("origin_id"),
        rs.getString("type"),
        rs.getString("state"),
        rs.getString("wanted"),
        Sql.money(rs, "wanted_amount"),
        Sql.money(rs, "written_amount"),
        Sql.longOrNull(rs, "direct_cost_id"),
        rs.getString("failure_message"));
  }
}
