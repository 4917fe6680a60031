package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * An item of the queue in short, as mails name it.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param kind company, project, cost_code, commitment, change_order, invoice or budget
 * @param state where it stands
 * @param stateSince since when
 * @param round how often it was sent
 * @param procoreId Procore's id, or null for what exists in the ERP only
 * @param number its number, or null
 * @param title its title, or null
 * @param party the company that it is about, or null
 * @param projectName its project, or null
 * @param amount its amount, or null
 * @param currency in which currency, or null
 * @param sentBy who sent it, when they are a user of Tieback, or null
 * @param sentByProcoreId who sent it, when they are a user of Procore, or null
 * @param sentByName their name, or null
 * @param sentByMail their address in Procore, or null
 * @param createdByName who created it in Procore, or null
 * @param createdByMail their address in Procore, or null
 * @param firstAcceptedBy who accepted it first, where two have to, or null
 * @param firstAcceptedUnder in whose right, or null
 * @param comment why it was rejected last, or null
 */
public record ItemSummary(
    long id,
    ConnectionId connection,
    String kind,
    String state,
    Instant stateSince,
    int round,
    Long procoreId,
    String number,
    String title,
    String party,
    String projectName,
    Money amount,
    String currency,
    Long sentBy,
    Long sentByProcoreId,
    String sentByName,
    String sentByMail,
    String createdByName,
    String createdByMail,
    Long firstAcceptedBy,
    Long firstAcceptedUnder,
    String comment) {

  static final String COLUMNS =
      "id, connection, kind, state, state_since, round, procore_id, number, title, party,"
          + " project_name, amount, currency, sent_by, sent_by_procore_id, sent_by_name,"
          + " sent_by_mail, created_by_name, created_by_mail, first_accepted_by,"
          + " first_accepted_under, comment";

  static ItemSummary map(ResultSet rs, int row) throws SQLException {
    return new ItemSummary(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("kind"),
        rs.getString("state"),
        Sql.instant(rs, "state_since"),
        rs.getInt("round"),
        Sql.longOrNull(rs, "procore_id"),
        rs.getString("number"),
        rs.getString("title"),
        rs.getString("party"),
        rs.getString("project_name"),
        Sql.money(rs, "amount"),
        rs.getString("currency"),
        Sql.longOrNull(rs, "sent_by"),
        Sql.longOrNull(rs, "sent_by_procore_id"),
        rs.getString("sent_by_name"),
        rs.getString("sent_by_mail"),
        rs.getString("created_by_name"),
        rs.getString("created_by_mail"),
        Sql.longOrNull(rs, "first_accepted_by"),
        Sql.longOrNull(rs, "first_accepted_under"),
        rs.getString("comment"));
  }
}
