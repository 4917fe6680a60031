package io.tieback.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Turns requests into work items, once a record (docs/decisions/0005). What happens to a record
 * that is already there depends on how far it is:
 *
 * <ul>
 *   <li>failed, discarded or unlinked: staged again with the new event, in a new round; its dead
 *       letter is superseded
 *   <li>not yet in a batch, and the event differs: staged again with the new event, because nothing
 *       has left the house
 *   <li>in a batch: goes on as it is; the new request detail gets its outcome
 *   <li>written, or even acknowledged: the ids are written to Procore again and the new detail is
 *       answered with them; nothing goes to the ERP
 *   <li>in a batch or written, and the event's figures differ from those: the new detail is
 *       answered as failed, because the ERP does not have what Procore shows now
 * </ul>
 */
final class Staging {

  /** States in which the figures of a record have left, or may leave at any moment. */
  private static final Set<ItemState> LEFT =
      Set.of(ItemState.PLANNED, ItemState.SENT, ItemState.UNKNOWN, ItemState.KNOWN);

  /**
   * Entities whose records may be sent any number of times: each time they go to the ERP again,
   * which takes only what is new (GEN-WBS-05).
   */
  private static final Set<String> RENEWED = Set.of("project");

  private final Db db;
  private final Verdicts verdicts;

  Staging(Db db, Verdicts verdicts) {
    this.db = db;
    this.verdicts = verdicts;
  }

  private record Key(String connection, String entity, long procoreId) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::connection)
            .thenComparing(Key::entity)
            .thenComparingLong(Key::procoreId);
  }

  /** A request that is staged: whose, and whether it was accepted at Tieback's own door. */
  private record Taken(String connection, boolean atDoor) {}

  private record Link(long requestRow, Key key) {}

  List<WorkItem.Reference> stage(List<StagedRequest> requests) {
    return requests.isEmpty() ? List.of() : db.inTransaction(() -> stageNow(requests));
  }

  private List<WorkItem.Reference> stageNow(List<StagedRequest> requests) {
    Map<Long, Taken> taken = takeRequests(requests);
    // Sorted, so that two nodes that stage the same records wait for each other instead of
    // deadlocking. The last event of a record wins.
    TreeMap<Key, StagedRequest.Item> items = new TreeMap<>(Key.ORDER);
    List<Link> links = new ArrayList<>();
    List<StagedRequest> staged = requests.stream().filter(r -> taken.containsKey(r.row())).toList();
    for (StagedRequest request : staged) {
      for (StagedRequest.Item item : request.items()) {
        Key key = new Key(taken.get(request.row()).connection(), item.entity(), item.procoreId());
        items.put(key, item);
        links.add(new Link(request.row(), key));
      }
    }
    if (items.isEmpty()) {
      return List.of();
    }
    boolean atDoor = taken.values().stream().allMatch(Taken::atDoor);
    List<WorkItem.Reference> references = upsert(items, atDoor, atDoor && directly(taken.keySet()));
    Map<Key, Long> ids = new HashMap<>();
    references.forEach(
        r -> ids.put(new Key(r.connection().value(), r.entity(), r.procoreId()), r.id()));
    joinRequests(links, ids);
    joinDetails(staged, taken, ids, withOtherFigures(items, references));
    supersedeDeadLetters(references);
    return references;
  }

  private Map<Long, Taken> takeRequests(List<StagedRequest> requests) {
    Map<Long, Taken> taken = new HashMap<>();
    db.sql(
            """
            update erp_request r set state = 'staged', name = s.name, body = s.body::jsonb, api_calls = r.api_calls + s.calls,
              lease_owner = null, staged_at = :now, failure_kind = null, failure_message = null
            from unnest(:rows::bigint[], :names::text[], :bodies::text[], :calls::int[]) as s (id, name, body, calls)
            where r.id = s.id and r.state in ('received', 'reading')
            returning r.id, r.connection, r.source
            """)
        .with("rows", requests.stream().map(StagedRequest::row).toList())
        .with("names", requests.stream().map(StagedRequest::name).toList())
        .with("bodies", requests.stream().map(StagedRequest::body).toList())
        .with("calls", requests.stream().map(StagedRequest::apiCalls).toList())
        .list(
            (rs, n) ->
                taken.put(
                    rs.getLong("id"),
                    new Taken(rs.getString("connection"), rs.getString("source").equals("DOOR"))));
    return taken;
  }

  /** Whether nobody accepted it: it was let out by direct export (GEN-DEX-01). */
  private boolean directly(Collection<Long> rows) {
    return db.sql(
                """
                select count(*) from erp_request r join queue_item q on q.id = r.queue_item_id
                where r.id = any(:rows::bigint[]) and (q.accepted_at is null or q.accepted_by is not null)
                """)
            .with("rows", List.copyOf(rows))
            .number()
        == 0;
  }

  private List<WorkItem.Reference> upsert(
      TreeMap<Key, StagedRequest.Item> items, boolean atDoor, boolean directly) {
    List<StagedRequest.Item> values = List.copyOf(items.values());
    return db.sql(
            """
            insert into work_item as w (connection, entity, procore_id, state, event, figures, project_id, commitment_id, vendor_id,
              due_at, staged_at, changed_at, changed_by, changed_why)
            select connection, entity, procore_id, 'staged', event::jsonb, figures, project_id, commitment_id, vendor_id, :now, :now, :now, :node,
              case when :atDoor then cast(:accepted as text) else 'Procore asked for it' end
            from unnest(:connections::text[], :entities::text[], :procoreIds::bigint[], :events::text[], :figures::text[], :projects::bigint[],
              :commitments::bigint[], :vendors::bigint[])
              as s (connection, entity, procore_id, event, figures, project_id, commitment_id, vendor_id)
            on conflict (connection, entity, procore_id) do update set
              (state, round, event, figures, project_id, commitment_id, vendor_id, due_at, waits_for, attempts, lease_owner, batch_id, group_id,
                batch_limit, failure_kind, failure_message, remedy, origins_written_at, erp_id, erp_number, erp_line_ids, erp_total, known_at, acknowledged_at, staged_at,
                changed_at, changed_by, changed_why)
              = (select
                  case when c.again then 'staged' when c.done then 'known' else w.state end,
                  case when c.again then w.round + 1 else w.round end,
                  case when c.again then excluded.event else w.event end,
                  case when c.again then excluded.figures else w.figures end,
                  case when c.again then excluded.project_id else w.project_id end,
                  case when c.again then excluded.commitment_id else w.commitment_id end,
                  case when c.again then excluded.vendor_id else w.vendor_id end,
                  case when c.again or c.done then :now else w.due_at end,
                  case when c.again then '{}' else w.waits_for end,
                  case when c.again then 0 else w.attempts end,
                  case when c.again or c.done then null else w.lease_owner end,
                  case when c.again then null else w.batch_id end,
                  case when c.again then null else w.group_id end,
                  case when c.again then null else w.batch_limit end,
                  case when c.again then null else w.failure_kind end,
                  case when c.again then null else w.failure_message end,
                  case when c.again then null else w.remedy end,
                  case when c.again or c.done then null else w.origins_written_at end,
                  case when c.again then null else w.erp_id end,
                  case when c.again then null else w.erp_number end,
                  case when c.again then '{}' else w.erp_line_ids end,
                  case when c.again then null else w.erp_total end,
                  case when c.again then null else w.known_at end,
                  case when c.again then null else w.acknowledged_at end,
                  case when c.again then :now else w.staged_at end,
                  :now, :node,
                  case when :atDoor then cast(:accepted as text) when c.again then 'Procore sent it again' when c.done then 'Procore asked again; answered with the existing ids'
                    else 'Procore asked again while it is under way' end
                from (select
                    w.state in ('failed', 'discarded', 'unlinked')
                      or (w.state in ('known', 'acknowledged') and w.entity = any(:renewed::text[]))
                      or (w.state in ('staged', 'waiting', 'composed') and w.event is distinct from excluded.event) as again,
                    w.state in ('known', 'acknowledged') and w.entity <> all(:renewed::text[]) as done) c)
            returning id, connection, entity, procore_id, state, round
            """)
        .with("atDoor", atDoor)
        .with("accepted", directly ? "sent directly" : "an approver accepted it")
        .with("connections", items.keySet().stream().map(Key::connection).toList())
        .with("entities", items.keySet().stream().map(Key::entity).toList())
        .with("procoreIds", items.keySet().stream().map(Key::procoreId).toList())
        .with("events", values.stream().map(StagedRequest.Item::event).toList())
        .with(
            "figures",
            Arrays.asList(values.stream().map(StagedRequest.Item::figures).toArray(String[]::new)))
        .with("renewed", List.copyOf(RENEWED))
        .with(
            "projects",
            nullable(values.stream().map(StagedRequest.Item::projectId).toArray(Long[]::new)))
        .with(
            "commitments",
            nullable(values.stream().map(StagedRequest.Item::commitmentId).toArray(Long[]::new)))
        .with(
            "vendors",
            nullable(values.stream().map(StagedRequest.Item::vendorId).toArray(Long[]::new)))
        .list(
            (rs, n) ->
                new WorkItem.Reference(
                    rs.getLong("id"),
                    Sql.connection(rs),
                    rs.getString("entity"),
                    rs.getLong("procore_id"),
                    ItemState.of(rs.getString("state")),
                    rs.getInt("round")));
  }

  private static List<Long> nullable(Long[] values) {
    return java.util.Arrays.asList(values);
  }

  private void joinRequests(List<Link> links, Map<Key, Long> ids) {
    db.sql(
            """
            insert into request_item (request_row, work_item_id)
            select * from unnest(:requests::bigint[], :items::bigint[]) on conflict do nothing
            """)
        .with("requests", links.stream().map(Link::requestRow).toList())
        .with("items", links.stream().map(l -> ids.get(l.key())).toList())
        .update();
  }

  private void joinDetails(
      List<StagedRequest> staged,
      Map<Long, Taken> taken,
      Map<Key, Long> ids,
      Set<Long> withOtherFigures) {
    List<String> connections = new ArrayList<>();
    List<Long> details = new ArrayList<>();
    List<Long> requests = new ArrayList<>();
    List<Long> items = new ArrayList<>();
    for (StagedRequest request : staged) {
      for (StagedRequest.Detail detail : request.details()) {
        int before = items.size();
        for (StagedRequest.Item item : request.items()) {
          if (detail.procoreIds().isEmpty() || detail.procoreIds().contains(item.procoreId())) {
            connections.add(taken.get(request.row()).connection());
            details.add(detail.detailId());
            requests.add(request.row());
            items.add(
                ids.get(
                    new Key(
                        taken.get(request.row()).connection(), item.entity(), item.procoreId())));
          }
        }
        if (items.size() == before) {
          throw new IllegalArgumentException(
              "request detail "
                  + detail.detailId()
                  + " of ERP request row "
                  + request.row()
                  + " names records "
                  + detail.procoreIds()
                  + ", and the request holds none of them: nothing would ever close it");
        }
      }
    }
    if (details.isEmpty()) {
      return;
    }
    // A detail that was closed before and comes again is open again: Procore asks for a new answer.
    db.sql(
            """
            with given as (
              select * from unnest(:connections::text[], :details::bigint[], :requests::bigint[], :items::bigint[])
                as g (connection, detail_id, request_row, work_item_id)),
            opened as (
              insert into request_detail (connection, detail_id, request_row, state, due_at)
              select distinct on (connection, detail_id) connection, detail_id, request_row, 'open', :now
              from given order by connection, detail_id, request_row desc
              on conflict (connection, detail_id) do update
                set state = 'open', request_row = excluded.request_row, outcome = null, messages = '{}', lease_owner = null
              returning id, connection, detail_id)
            insert into item_detail (detail_row, work_item_id)
            select distinct o.id, g.work_item_id from given g join opened o on o.connection = g.connection and o.detail_id = g.detail_id
            on conflict (detail_row, work_item_id) do update set verdict = null, messages = '{}'
            """)
        .with("connections", connections)
        .with("details", details)
        .with("requests", requests)
        .with("items", items)
        .update();
    tellOfOtherFigures(connections, details, items, withOtherFigures);
  }

  private void tellOfOtherFigures(
      List<String> connections, List<Long> details, List<Long> items, Set<Long> withOtherFigures) {
    List<Integer> places =
        IntStream.range(0, items.size())
            .filter(i -> withOtherFigures.contains(items.get(i)))
            .boxed()
            .toList();
    if (!places.isEmpty()) {
      verdicts.otherFigures(
          places.stream().map(connections::get).toList(),
          places.stream().map(details::get).toList(),
          places.stream().map(items::get).toList());
    }
  }

  /**
   * Records that left already, or are on their way, and come with other figures than those. What
   * else the event holds (ids of requests, links that were made since) may differ.
   */
  private Set<Long> withOtherFigures(
      TreeMap<Key, StagedRequest.Item> items, List<WorkItem.Reference> references) {
    Map<Long, String> left = new HashMap<>();
    for (WorkItem.Reference reference : references) {
      if (LEFT.contains(reference.state())) {
        Key key =
            new Key(reference.connection().value(), reference.entity(), reference.procoreId());
        String figures = items.get(key).figures();
        if (figures != null) {
          left.put(reference.id(), figures);
        }
      }
    }
    if (left.isEmpty()) {
      return Set.of();
    }
    List<Long> ids = List.copyOf(left.keySet());
    return Set.copyOf(
        db.sql(
                """
                select w.id from work_item w join unnest(:ids::bigint[], :figures::text[]) as s (id, figures) on s.id = w.id
                where w.figures <> s.figures
                """)
            .with("ids", ids)
            .with("figures", ids.stream().map(left::get).toList())
            .ids());
  }

  private void supersedeDeadLetters(List<WorkItem.Reference> references) {
    List<Long> again =
        references.stream()
            .filter(r -> r.round() > 1 && r.state() == ItemState.STAGED)
            .map(WorkItem.Reference::id)
            .toList();
    if (!again.isEmpty()) {
      db.sql(
              """
              update dead_letter set state = 'superseded', closed_at = :now, closed_by = :node, reason = 'Procore sent the record again'
              where subject_kind = 'work_item' and subject_id = any(:items::bigint[]) and state = 'open'
              """)
          .with("items", again)
          .update();
    }
  }
}
