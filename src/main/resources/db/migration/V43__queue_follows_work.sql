-- The queue follows the work: what the pipeline does to a record is seen on its item, whichever door it came through. Procore's door: the item is
-- made with the work item, because people decided about it in Procore. Tieback's door: the item was there before, was decided about, and is never
-- made a second time. Codes with their types (cost_item) come by the thousand with their project and are listed only once they have failed.

-- State of the queue for a state of the work.
create function queue_state_of(state text) returns text language sql immutable parallel safe as $$
  select case state when 'acknowledged' then 'synced' when 'failed' then 'failed' when 'discarded' then 'rejected' when 'unlinked' then 'unlinked'
    else 'exporting' end
$$;

create function queue_kind_of(entity text) returns text language sql immutable parallel safe as $$
  select case entity when 'vendor' then 'company' when 'project' then 'project' when 'standard_cost_code' then 'cost_code'
    when 'cost_item' then 'cost_code' when 'work_order_contract' then 'commitment' when 'purchase_order_contract' then 'commitment'
    when 'change_order' then 'change_order' when 'requisition' then 'invoice' when 'budget' then 'budget' end
$$;

-- A date that somebody else has written; none when it is no date, since the work must not stop for it.
create function queue_date(given text) returns date language plpgsql immutable as $$
begin
  return case when given ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' then cast(left(given, 10) as date) end;
exception when others then
  return null;
end $$;

-- What a record is, as the lists show it: of its event, and of what is known of its commitment, company and project.
create function queue_subject(w work_item, out number text, out title text, out party text, out project_name text, out record_date date,
  out procore_status text, out of_project bigint, out of_vendor bigint) language plpgsql stable as $$
declare
  shown jsonb;
begin
  shown := case
    when w.entity in ('work_order_contract', 'purchase_order_contract') then w.event -> 'commitment'
    when w.entity = 'change_order' then w.event -> 'change_order'
    else w.event end;
  number := nullif(case w.entity
    when 'requisition' then coalesce(nullif(shown ->> 'code', ''), shown ->> 'invoice_number')
    when 'cost_item' then coalesce(shown ->> 'joined', shown ->> 'code')
    when 'standard_cost_code' then shown ->> 'code'
    when 'vendor' then shown ->> 'abbreviated_name'
    when 'project' then shown ->> 'origin_code'
    else shown ->> 'number' end, '');
  title := nullif(case w.entity
    when 'cost_item' then concat_ws(', ', shown ->> 'code_name', shown ->> 'type_name')
    when 'requisition' then null
    when 'vendor' then shown ->> 'name'
    when 'project' then shown ->> 'name'
    when 'standard_cost_code' then shown ->> 'name'
    else shown ->> 'title' end, '');
  party := case
    when w.entity in ('work_order_contract', 'purchase_order_contract') then shown -> 'vendor' ->> 'company'
    when w.entity = 'change_order' then w.event -> 'commitment' -> 'vendor' ->> 'company'
    when w.entity = 'vendor' then shown ->> 'name' end;
  project_name := case
    when w.entity in ('work_order_contract', 'purchase_order_contract') then shown -> 'project' ->> 'name'
    when w.entity = 'change_order' then w.event -> 'commitment' -> 'project' ->> 'name'
    when w.entity = 'project' then shown ->> 'name' end;
  record_date := queue_date(case w.entity when 'requisition' then shown ->> 'billing_date' else coalesce(shown ->> 'contract_date',
    shown ->> 'created_at') end);
  procore_status := shown ->> 'status';
  of_project := coalesce(w.project_id, case when w.entity = 'project' then w.procore_id end);
  of_vendor := w.vendor_id;
  if w.commitment_id is not null and (party is null or title is null or project_name is null or of_project is null or of_vendor is null) then
    select coalesce(queue_subject.party, c.party), coalesce(queue_subject.project_name, c.project_name),
      coalesce(queue_subject.title, c.number || coalesce(' ' || c.title, '')), coalesce(of_project, c.project_id), coalesce(of_vendor, c.vendor_id)
    into party, project_name, title, of_project, of_vendor
    from queue_item c where c.connection = w.connection and c.entity in ('work_order_contract', 'purchase_order_contract')
      and c.procore_id = w.commitment_id limit 1;
  end if;
  if party is null and of_vendor is not null then
    party := coalesce(
      (select v.title from queue_item v where v.connection = w.connection and v.entity = 'vendor' and v.procore_id = of_vendor),
      (select l.code from link l where l.connection = w.connection and l.entity = 'vendor' and l.procore_key = of_vendor::text));
  end if;
  if project_name is null and of_project is not null then
    project_name := (select p.title from queue_item p where p.connection = w.connection and p.entity = 'project' and p.procore_id = of_project);
  end if;
end $$;

create function queue_follows_work_item() returns trigger language plpgsql as $$
declare
  mapped text := queue_state_of(new.state);
  target text;
  item record;
  about record;
begin
  select q.id, q.door, q.state, q.round, q.party, q.project_name into item from queue_item q
  where q.connection = new.connection and q.entity = new.entity and q.procore_id = new.procore_id for update;
  if not found then
    if new.entity = 'cost_item' and mapped <> 'failed' then
      return null;
    end if;
    about := queue_subject(new);
    with made as (
      insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, round, number, title, party, project_id, project_name,
        commitment_id, vendor_id, amount, currency, record_date, procore_status, sent_at, error, remedy, work_item_id, in_erp, changed_at)
      values (new.connection, coalesce((select c.door from erp_connection c where c.name = new.connection), 'procore'), queue_kind_of(new.entity),
        new.entity, new.procore_id, mapped, new.changed_at, new.round, coalesce(new.number, about.number), about.title, about.party,
        about.of_project, about.project_name, new.commitment_id, about.of_vendor, new.amount, new.currency, about.record_date, about.procore_status, new.staged_at,
        case when mapped = 'failed' then new.failure_message end, case when mapped = 'failed' then new.remedy end, new.id, new.erp_id is not null,
        new.changed_at)
      on conflict (connection, entity, procore_id) where procore_id is not null do nothing
      returning id, round, state)
    insert into queue_move (queue_item_id, round, action, from_state, to_state, at, who, reason)
    select id, round, case when state = 'failed' then 'fail' else 'send' end, null, state, new.changed_at, new.changed_by, new.changed_why from made;
    return null;
  end if;

  -- Tieback's door: what was decided here leads, and the work follows it.
  target := case when item.door = 'procore'
    or (mapped = 'exporting' and item.state = 'failed')
    or (mapped = 'synced' and item.state in ('exporting', 'failed'))
    or (mapped = 'failed' and item.state = 'exporting')
    or (mapped = 'rejected' and item.state in ('exporting', 'failed'))
    or (mapped = 'unlinked' and item.state <> 'exporting')
    then mapped else item.state end;
  if item.door = 'procore' and item.round <> new.round then
    about := queue_subject(new);
    update queue_item q set number = coalesce(about.number, q.number), title = coalesce(about.title, q.title), party = coalesce(about.party, q.party),
      project_name = coalesce(about.project_name, q.project_name), record_date = coalesce(about.record_date, q.record_date),
      procore_status = coalesce(about.procore_status, q.procore_status), sent_at = new.staged_at, round = new.round
    where q.id = item.id;
  end if;
  -- Nothing of what is searched for is named here: its words would be made anew.
  update queue_item q set state = target, state_since = case when q.state = target then q.state_since else new.changed_at end,
    error = case when target = 'failed' then new.failure_message when q.state = target then q.error end,
    remedy = case when target = 'failed' then new.remedy when q.state = target then q.remedy end,
    in_erp = case when mapped = 'unlinked' then false else q.in_erp or mapped = 'synced' end,
    work_item_id = new.id, version = q.version + case when q.state = target then 0 else 1 end, changed_at = new.changed_at
  where q.id = item.id;
  if target <> item.state then
    insert into queue_move (queue_item_id, round, action, from_state, to_state, at, who, reason)
    values (item.id, case when item.door = 'procore' then new.round else item.round end,
      case target when 'synced' then 'sync' when 'failed' then 'fail' when 'rejected' then 'reject' when 'unlinked' then 'unlink'
        else case item.state when 'failed' then 'retry' else 'resend' end end,
      item.state, target, new.changed_at, new.changed_by, new.changed_why);
  end if;
  return null;
end $$;

-- What composing a record tells: its number in the ERP, its amount, and whose it is. Procore's own number and amount stay on items of Tieback's door.
create function queue_figures_follow() returns trigger language plpgsql as $$
begin
  update queue_item q set number = coalesce(new.number, q.number), amount = coalesce(new.amount, q.amount), currency = coalesce(new.currency, q.currency),
    project_id = coalesce(q.project_id, new.project_id), vendor_id = coalesce(q.vendor_id, new.vendor_id), changed_at = new.changed_at
  where q.connection = new.connection and q.entity = new.entity and q.procore_id = new.procore_id and q.door = 'procore'
    and (q.number is distinct from coalesce(new.number, q.number) or q.amount is distinct from coalesce(new.amount, q.amount)
      or q.project_id is distinct from coalesce(q.project_id, new.project_id) or q.vendor_id is distinct from coalesce(q.vendor_id, new.vendor_id));
  if (new.vendor_id is distinct from old.vendor_id or new.project_id is distinct from old.project_id)
    and exists (select 1 from queue_item q where q.connection = new.connection and q.entity = new.entity and q.procore_id = new.procore_id
      and q.door = 'procore' and (q.party is null or q.project_name is null)) then
    update queue_item q set party = coalesce(q.party, s.party), project_name = coalesce(q.project_name, s.project_name)
    from queue_subject(new) s
    where q.connection = new.connection and q.entity = new.entity and q.procore_id = new.procore_id and q.door = 'procore'
      and ((q.party is null and s.party is not null) or (q.project_name is null and s.project_name is not null));
  end if;
  return null;
end $$;

-- Triggers for each row that people would see changed (as V16 says why): claims, leases and steps in between change nothing that is shown.
create trigger work_item_queued after insert on work_item
  for each row when (new.entity <> 'cost_item' and queue_kind_of(new.entity) is not null) execute function queue_follows_work_item();
create trigger work_item_moved after update on work_item
  for each row when (
    (new.state <> old.state and queue_state_of(new.state) <> queue_state_of(old.state) and queue_kind_of(new.entity) is not null)
    or (new.entity <> 'cost_item' and new.round <> old.round and queue_kind_of(new.entity) is not null)
    or (new.state = 'failed' and (new.failure_message is distinct from old.failure_message or new.remedy is distinct from old.remedy)
      and queue_kind_of(new.entity) is not null))
  execute function queue_follows_work_item();
create trigger work_item_told after update on work_item
  for each row when (new.entity <> 'cost_item' and (new.number is distinct from old.number or new.amount is distinct from old.amount))
  execute function queue_figures_follow();

-- What is there already: commitments and companies first, since invoices take names from them.
insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, round, number, title, party, project_id, project_name, commitment_id,
  vendor_id, amount, currency, record_date, procore_status, sent_at, error, remedy, work_item_id, in_erp, changed_at)
select w.connection, 'procore', queue_kind_of(w.entity), w.entity, w.procore_id, queue_state_of(w.state), w.changed_at, w.round,
  coalesce(w.number, s.number), s.title, s.party, s.of_project, s.project_name,
  w.commitment_id, s.of_vendor, w.amount, w.currency, s.record_date, s.procore_status, w.staged_at,
  case when w.state = 'failed' then w.failure_message end, case when w.state = 'failed' then w.remedy end, w.id,
  w.erp_id is not null and w.state <> 'unlinked', w.changed_at
from work_item w cross join lateral queue_subject(w) s
where w.entity in ('vendor', 'project', 'standard_cost_code', 'work_order_contract', 'purchase_order_contract')
  or (w.entity = 'cost_item' and w.state = 'failed');
insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, round, number, title, party, project_id, project_name, commitment_id,
  vendor_id, amount, currency, record_date, procore_status, sent_at, error, remedy, work_item_id, in_erp, changed_at)
select w.connection, 'procore', queue_kind_of(w.entity), w.entity, w.procore_id, queue_state_of(w.state), w.changed_at, w.round,
  coalesce(w.number, s.number), s.title, s.party, s.of_project, s.project_name, w.commitment_id, s.of_vendor, w.amount, w.currency, s.record_date,
  s.procore_status, w.staged_at, case when w.state = 'failed' then w.failure_message end, case when w.state = 'failed' then w.remedy end, w.id,
  w.erp_id is not null and w.state <> 'unlinked', w.changed_at
from work_item w cross join lateral queue_subject(w) s
where w.entity in ('change_order', 'requisition');
insert into queue_move (queue_item_id, round, action, from_state, to_state, at, who, reason)
select q.id, q.round, 'read', null, q.state, q.state_since, w.changed_by, w.changed_why from queue_item q join work_item w on w.id = q.work_item_id;
