package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Fills an empty queue with made-up records, for measuring how quick its lists are: 70% synced, 15%
 * waiting, the rest in the other states; 400 projects, 5,400 companies.
 */
public final class QueueSample {

  private QueueSample() {}

  /**
   * Fills it.
   *
   * @param records how many
   * @throws IllegalStateException when the queue has records already: they are somebody's
   */
  public static void fill(DataSource database, ConnectionId connection, int records) {
    JdbcTemplate sql = new JdbcTemplate(database);
    Boolean empty = sql.queryForObject("select not exists (select from queue_item)", Boolean.class);
    if (!Boolean.TRUE.equals(empty)) {
      throw new IllegalStateException(
          "the queue has records already; measure on a database of its own");
    }
    sql.update(
        """
        insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, number, title, party, project_id, project_name,
          amount, currency, record_date, procore_status, sent_at, sent_by_name, event, findings, error, shown_digest, changed_at)
        select ?, 'tieback',
          (array['invoice', 'invoice', 'invoice', 'commitment', 'change_order'])[1 + i % 5],
          (array['requisition', 'requisition', 'requisition', 'work_order_contract', 'change_order'])[1 + i % 5], i,
          case when i % 20 < 14 then 'synced' when i % 20 < 17 then 'ready_to_export' when i % 20 = 17 then 'ready_to_update'
            when i % 20 = 18 then 'failed' else 'not_sent' end,
          now() - make_interval(mins => i), 'SC-' || lpad((i % 5000)::text, 5, '0') || '-' || (i / 5000),
          (array['Concrete', 'Steel', 'Drywall', 'Electrical', 'Roofing'])[1 + (i / 7) % 5] || ' works phase ' || i % 40,
          (array['Acme', 'Béton', 'Northern', 'Prairie', 'Atlas', 'Keystone'])[1 + (i / 3) % 6] || ' ' || i % 900 || ' Ltd', 1 + i % 400,
          'Project ' || i % 400 || (array[' Tower', ' School', ' Bridge'])[1 + i % 3], (i::bigint * 7919 % 10000000)::numeric / 100, 'USD',
          current_date - i % 900, 'approved', now(), 'Pat Manager', jsonb_build_object('data', repeat('x', 3000)),
          case when i % 20 = 19 then '[{"ruleId": "GEN-CMT-01", "severity": "REFUSE", "field": "Status", "found": "Draft", "limit": "Approved",
            "remedy": "Approve it in Procore."}]'::jsonb else '[]' end,
          case when i % 20 = 18 then 'Account 410 is archived.' end, md5(i::text), now()
        from generate_series(1, ?) i
        """,
        connection.value(), records);
    sql.execute("vacuum analyze queue_item");
  }
}
