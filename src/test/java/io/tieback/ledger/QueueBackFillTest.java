package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger from before the queue: its records are in the lists after the migration. */
class QueueBackFillTest {

  @RegisterExtension
  static final PreparedDbExtension DATABASE =
      EmbeddedPostgresExtension.preparedDatabase(
          dataSource -> Flyway.configure().dataSource(dataSource).target("42").load().migrate());

  @Test
  void whatWasThereBeforeIsInTheLists() {
    JdbcTemplate sql = new JdbcTemplate(DATABASE.getTestDatabase());
    sql.update(
        """
        insert into work_item (connection, entity, procore_id, state, event, number, amount, commitment_id, project_id, due_at, staged_at, changed_at,
          changed_by, changed_why, failure_message, remedy, erp_id)
        select 'north', e, i, s, v::jsonb, n, a, c, 11, now(), now(), now(), 'node-a', 'before', case when s = 'failed' then 'no account' end,
          case when s = 'failed' then 'map it' end, case when s = 'acknowledged' then 'x-' || i end
        from (values
          ('requisition', 5, 'acknowledged', '{"invoice_number": "INV-5"}', 'INV-5', 10.5, 22),
          ('requisition', 6, 'failed', '{"invoice_number": "INV-6"}', null, null, 22),
          ('work_order_contract', 22, 'acknowledged',
            '{"commitment": {"number": "SC-7", "title": "Concrete", "vendor": {"company": "ACME"}, "project": {"name": "Tower"}}}', 'SC-7', 99, null),
          ('cost_item', 1, 'acknowledged', '{"joined": "03.L"}', null, null, null),
          ('cost_item', 2, 'failed', '{"joined": "04.L"}', null, null, null),
          ('vendor', 33, 'staged', '{"name": "ACME"}', null, null, null)) as g (e, i, s, v, n, a, c)
        """);

    Flyway.configure().dataSource(DATABASE.getTestDatabase()).load().migrate();

    List<String> rows =
        sql.queryForList(
            """
            select concat_ws(' ', entity, procore_id, kind, state, number, title, party, project_name, amount, in_erp, error) from queue_item
            order by entity, procore_id
            """,
            String.class);
    assertThat(rows)
        .containsExactly(
            "cost_item 2 cost_code failed 04.L f no account",
            "requisition 5 invoice synced INV-5 SC-7 Concrete ACME Tower 10.50 t",
            "requisition 6 invoice failed INV-6 SC-7 Concrete ACME Tower f no account",
            "vendor 33 company exporting ACME ACME f",
            "work_order_contract 22 commitment synced SC-7 Concrete ACME Tower 99.00 t");
    assertThat(sql.queryForObject("select count(*) from queue_move", Integer.class)).isEqualTo(5);
  }
}
