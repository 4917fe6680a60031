-- What a person corrected in place is kept beside what was read of Procore, never in its place: approvers see both, and it is theirs to decide about until
-- Procore itself has other figures. corrected: the record's part of Procore's event, as it was corrected.
alter table queue_item
  add column corrected    jsonb,
  add column corrected_by text,
  add column corrected_at timestamptz,
  add constraint queue_item_corrected check (num_nulls(corrected, corrected_by, corrected_at) in (0, 3));

-- What was corrected before this version and that Procore has not changed since.
update queue_item q set corrected = w.event, corrected_by = d.closed_by, corrected_at = d.closed_at
from work_item w, dead_letter d
where q.door = 'tieback' and w.id = q.work_item_id and w.entity = q.entity and w.procore_id = q.procore_id
  and q.entity in ('work_order_contract', 'purchase_order_contract', 'change_order', 'requisition', 'vendor') and q.state <> 'synced'
  and d.id = (
    select max(l.id) from dead_letter l
    where l.subject_kind = 'work_item' and l.subject_id = w.id and l.state = 'replayed' and l.corrected is not null and l.closed_by is not null)
  and d.closed_at > coalesce(q.procore_updated, '-infinity');
