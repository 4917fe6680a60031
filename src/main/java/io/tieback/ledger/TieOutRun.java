package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A tie-out that was asked for. Its report is read for itself, since it may be large. What is not
 * known is null.
 *
 * @param id the ledger's key
 * @param connection whose books
 * @param who who asked for it
 * @param projectId of this project only
 * @param through last day that counts on both sides
 * @param state waiting, running, done, failed or interrupted
 * @param step what it is at, as a word of {@code TieOuts.Step}
 * @param stepDone how much of that is done
 * @param stepTotal of how much; 0 when that is not known
 * @param askedAt when it was asked for
 * @param startedAt when a node began
 * @param finishedAt when it ended
 * @param agrees whether both sides agree to the cent
 * @param differences how many differences there are
 * @param failure why it failed
 * @param remedy what to do about that
 */
public record TieOutRun(
    long id,
    ConnectionId connection,
    String who,
    Long projectId,
    LocalDate through,
    String state,
    String step,
    int stepDone,
    int stepTotal,
    Instant askedAt,
    Instant startedAt,
    Instant finishedAt,
    Boolean agrees,
    Integer differences,
    String failure,
    String remedy) {

  static final String COLUMNS =
      "id, connection, who, project_id, through, state, step, step_done, step_total, asked_at,"
          + " started_at, finished_at, agrees, differences, failure, remedy";

  /** Whether it is still to come to its end. */
  public boolean isUnderWay() {
    return state.equals("waiting") || state.equals("running");
  }

  static TieOutRun map(ResultSet rs, int row) throws SQLException {
    return new TieOutRun(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("who"),
        Sql.longOrNull(rs, "project_id"),
        rs.getObject("through", LocalDate.class),
        rs.getString("state"),
        rs.getString("step"),
        rs.getInt("step_done"),
        rs.getInt("step_total"),
        Sql.instant(rs, "asked_at"),
        Sql.instant(rs, "started_at"),
        Sql.instant(rs, "finished_at"),
        rs.getObject("agrees", Boolean.class),
        rs.getObject("differences", Integer.class),
        rs.getString("failure"),
        rs.getString("remedy"));
  }
}
