package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cost codes with their types as records of their own: Procore has no id for such a pair, and one
 * item of the ERP serves all projects.
 */
public final class CostItems {

  /** The entity of their work items. */
  public static final String ENTITY = "cost_item";

  private final Db db;

  CostItems(Db db) {
    this.db = db;
  }

  /**
   * How far an item is.
   *
   * @param id the ledger's id of the pair
   * @param code the joined code
   * @param state state of its work item, or null when it has none
   */
  public record Standing(long id, String code, ItemState state) {

    /** Whether nothing more will become of it until somebody acts. */
    public boolean settled() {
      return state == null
          || Set.of(
                  ItemState.KNOWN,
                  ItemState.ACKNOWLEDGED,
                  ItemState.FAILED,
                  ItemState.DISCARDED,
                  ItemState.UNLINKED)
              .contains(state);
    }

    /** Whether it is in the ERP. */
    public boolean there() {
      return state == ItemState.KNOWN || state == ItemState.ACKNOWLEDGED;
    }
  }

  /** Ids of joined codes; those that have none yet get one. */
  public Map<String, Long> ids(ConnectionId connection, Collection<String> codes) {
    db.sql(
            """
            insert into cost_item (connection, code)
            select :connection, wanted.code from unnest(:codes::text[]) as wanted (code)
            where not exists (select 1 from cost_item c where c.connection = :connection and c.code = wanted.code)
            on conflict do nothing
            """)
        .with("connection", connection)
        .with("codes", codes)
        .update();
    Map<String, Long> ids = new HashMap<>();
    db.sql(
            "select id, code from cost_item where connection = :connection and code ="
                + " any(:codes::text[])")
        .with("connection", connection)
        .with("codes", codes)
        .list((rs, n) -> ids.put(rs.getString("code"), rs.getLong("id")));
    return ids;
  }

  /** How many there are. */
  public int count(ConnectionId connection) {
    return (int)
        db.sql("select count(*) from cost_item where connection = :connection")
            .with("connection", connection)
            .number();
  }

  /** How far these items are. */
  public List<Standing> standing(ConnectionId connection, Collection<Long> ids) {
    return db.sql(
            """
            select c.id, c.code, w.state from cost_item c
            left join work_item w on w.connection = c.connection and w.entity = 'cost_item' and w.procore_id = c.id
            where c.connection = :connection and c.id = any(:ids::bigint[]) order by c.code
            """)
        .with("connection", connection)
        .with("ids", ids)
        .list(CostItems::standing);
  }

  /**
   * Records of a project that are in the ERP; its items not, since they serve other projects too.
   */
  public List<WorkItem> underProject(ConnectionId connection, long projectId) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + """
                   from work_item where connection = :connection and project_id = :project and entity <> 'cost_item'
                  and state in ('known', 'acknowledged') order by id
                """)
        .with("connection", connection)
        .with("project", projectId)
        .list(WorkItem::map);
  }

  /**
   * Other projects that are in the ERP under this key or on their way there, with the names that
   * they get: Procore may not show their links yet.
   */
  public List<String> otherProjects(ConnectionId connection, long projectId, String key) {
    return db.sql(
            """
            select number from work_item
            where connection = :connection and entity = 'project' and procore_id <> :project and number is not null
              and (erp_id = :key or state in ('composed', 'planned', 'sent', 'unknown')) order by id
            """)
        .with("connection", connection)
        .with("project", projectId)
        .with("key", key)
        .list((rs, n) -> rs.getString(1));
  }

  private static Standing standing(ResultSet rs, int row) throws SQLException {
    String state = rs.getString("state");
    return new Standing(
        rs.getLong("id"), rs.getString("code"), state == null ? null : ItemState.of(state));
  }
}
