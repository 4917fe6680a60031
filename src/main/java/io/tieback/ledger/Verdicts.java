package io.tieback.ledger;

import java.util.List;

/**
 * What the request details of a work item have to be answered with. A detail is ready when each of
 * its records has a verdict.
 */
final class Verdicts {

  private final Db db;

  Verdicts(Db db) {
    this.db = db;
  }

  void succeeded(List<Long> items) {
    set(items, "success", List.of());
  }

  void failed(List<Long> items, List<String> messages) {
    set(items, "failed", messages);
  }

  private void set(List<Long> items, String verdict, List<String> messages) {
    // A detail that was told why it fails (otherFigures) is not overruled by the success of an
    // earlier one.
    db.sql(
            """
            update item_detail set verdict = :verdict, messages = :messages::text[]
            where work_item_id = any(:items::bigint[]) and (:verdict = 'failed' or verdict is distinct from 'failed')
            """)
        .with("items", items)
        .with("verdict", verdict)
        .with("messages", messages)
        .update();
    settle(items);
  }

  /** The records were freed before their details had an answer; what has one keeps it. */
  void withdrawn(List<Long> items, String message) {
    db.sql(
            """
            update item_detail set verdict = 'failed', messages = array[:message]
            where work_item_id = any(:items::bigint[]) and verdict is null
            """)
        .with("items", items)
        .with("message", message)
        .update();
    settle(items);
  }

  /**
   * A record comes again with other figures than those that were written, or are being written:
   * this detail must not be answered as if the ERP had them.
   *
   * @param details pairs with {@code items}: the request detail by Procore's id, and the record
   */
  void otherFigures(List<String> connections, List<Long> details, List<Long> items) {
    List<Long> told =
        db.sql(
                """
                with told as (
                  update item_detail i set verdict = 'failed', messages = case when w.entity = 'project' then array[
                    'The project was being written to the ERP when it came again with other codes or another name. Nothing of these was taken.',
                    'Send it again; it goes with all its codes then.'] else array[
                    'This ' || case w.entity when 'requisition' then 'invoice' else 'record' end || ' was sent to the ERP before'
                      || coalesce(', as ' || case w.entity when 'requisition' then 'bill ' else '' end || coalesce(w.erp_number, w.number), '')
                      || coalesce(' over ' || w.amount::text, '') || ', and comes with other figures now. Nothing was changed in the ERP.',
                    'Bring it back to the figures that were sent, or correct the document in the ERP by hand.'] end
                  from unnest(:connections::text[], :details::bigint[], :items::bigint[]) as g (connection, detail_id, item),
                    request_detail d, work_item w
                  where d.connection = g.connection and d.detail_id = g.detail_id and i.detail_row = d.id and i.work_item_id = g.item and w.id = g.item
                  returning i.work_item_id)
                update work_item w set warnings = w.warnings || case when w.entity = 'project' then '{}' else
                  array['DIFFERENCE: Procore sent it again with other figures; the document in the ERP is as it was'] end
                where w.id in (select work_item_id from told)
                returning w.id
                """)
            .with("connections", connections)
            .with("details", details)
            .with("items", items)
            .ids();
    settle(told);
  }

  /**
   * Success only if all records of the detail succeeded; else failed, with the messages of all that
   * failed.
   */
  private void settle(List<Long> items) {
    db.sql(
            """
            update request_detail d set state = 'ready', due_at = :now, lease_owner = null,
              outcome = case when v.failures > 0 then 'failed' else 'success' end, messages = v.messages
            from (
              select detail_row,
                count(*) filter (where verdict = 'failed') as failures,
                count(*) filter (where verdict is null) as undecided,
                array(select distinct m from item_detail x, unnest(x.messages) m where x.detail_row = i.detail_row and x.verdict = 'failed' order by m)
                  as messages
              from item_detail i
              where detail_row in (select detail_row from item_detail where work_item_id = any(:items::bigint[]))
              group by detail_row) v
            where d.id = v.detail_row and v.undecided = 0 and d.state = 'open'
            """)
        .with("items", items)
        .update();
  }

  /**
   * The records are under way again, so that what was said or is about to be said about them no
   * longer holds.
   */
  void reopened(List<Long> items) {
    db.sql(
            """
            with withdrawn as (
              update item_detail set verdict = null, messages = '{}' where work_item_id = any(:items::bigint[]) returning detail_row)
            update request_detail d set state = 'open', outcome = null, messages = '{}', lease_owner = null
            from withdrawn w where d.id = w.detail_row and d.state <> 'given_up'
            """)
        .with("items", items)
        .update();
    db.sql(
            """
            update erp_request r set state = 'staged', answered_at = null
            from request_item i where i.request_row = r.id and i.work_item_id = any(:items::bigint[]) and r.state = 'answered'
            """)
        .with("items", items)
        .update();
  }

  /**
   * Records with nothing left to tell are done, and so are requests with nothing but such records.
   */
  void finish(List<Long> items) {
    db.sql(
            """
            update work_item w set state = 'acknowledged', acknowledged_at = :now, changed_at = :now, changed_by = :node,
              changed_why = 'Procore has its ids and answers'
            where w.id = any(:items::bigint[]) and w.state = 'known' and w.origins_written_at is not null
              and not exists (select 1 from item_detail i join request_detail d on d.id = i.detail_row
                where i.work_item_id = w.id and d.state in ('open', 'ready'))
            """)
        .with("items", items)
        .update();
    db.sql(
            """
            update erp_request r set state = 'answered', answered_at = :now
            where r.id in (select request_row from request_item where work_item_id = any(:items::bigint[])) and r.state = 'staged'
              and not exists (select 1 from request_item i join work_item w on w.id = i.work_item_id
                where i.request_row = r.id and w.state not in ('acknowledged', 'failed', 'discarded', 'unlinked'))
              and not exists (select 1 from request_detail d where d.request_row = r.id and d.state in ('open', 'ready'))
            """)
        .with("items", items)
        .update();
  }
}
