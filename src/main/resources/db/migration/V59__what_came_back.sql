-- Lists of payments and job costs that are quick at 100,000 and more.

-- ---- payments
alter table payment add column search tsvector generated always as (to_tsvector('simple', queue_words(
  erp_payment_id || ' ' || coalesce(erp_bill_id, '') || ' ' || coalesce(reference, '') || ' ' || coalesce(batch_reference, '') || ' '
  || coalesce(procore_payment_id::text, '')))) stored;
create index payment_search on payment using gin (search);
create index payment_list on payment (paid_on desc nulls last, id desc) where state <> 'ignored';
create index payment_item on payment (work_item_id) where work_item_id is not null;
create index payment_states on payment (connection, state) include (amount, written_amount);
-- Documents that are in the ERP, by the number of either side: a payment is looked for by the invoice that it pays.
create index work_item_numbers on work_item using gin (to_tsvector('simple', queue_words(
  coalesce(number, '') || ' ' || coalesce(erp_number, '') || ' ' || procore_id::text))) where erp_id is not null;

-- ---- job costs
-- The texts of documents and direct costs are JSON; one that is not gives nothing.
create function view_json(given text) returns jsonb language plpgsql immutable parallel safe as $$
begin
  return given::jsonb;
exception when others then
  return null;
end $$;
create function view_date(given text) returns date language plpgsql immutable parallel safe as $$
begin
  return make_date(substr(given, 1, 4)::int, substr(given, 6, 2)::int, substr(given, 9, 2)::int);
exception when others then
  return null;
end $$;

-- What people look for, taken from the texts whenever they change; it stays when the cost goes.
alter table job_cost
  add column number       text,
  add column dated        date,
  add column supplier     text,
  add column project_name text,
  add column line_count   int  not null default 0,
  add column search       tsvector;

-- The lines that are to stand in Procore, by the ERP's code: sums of a project and code are read from here.
create table job_cost_line (
  job_cost_id  bigint         not null references job_cost (id) on delete cascade,
  position     int            not null,
  connection   text           not null,
  project_id   bigint         not null,
  code         text,
  cost_code_id bigint,
  cost_type_id bigint,
  amount       numeric(18, 2) not null,
  primary key (job_cost_id, position)
);
create index job_cost_line_sums on job_cost_line (connection, project_id, code) include (amount);

create function job_cost_is_described() returns trigger language plpgsql as $$
declare
  cost     jsonb := view_json(coalesce(new.wanted, new.written));
  document jsonb := view_json((select d.document from job_cost_document d
    where d.connection = new.connection and d.kind = new.kind and d.erp_id = new.erp_id));
begin
  if cost is not null then
    new.number := coalesce(cost ->> 'invoiceNumber', document ->> 'number');
    new.dated := view_date(cost ->> 'date');
    new.supplier := document ->> 'contactName';
    new.line_count := case jsonb_typeof(cost -> 'lines') when 'array' then jsonb_array_length(cost -> 'lines') else 0 end;
    new.project_name := coalesce((
      select l ->> 'projectName' from jsonb_array_elements(case jsonb_typeof(document -> 'lines') when 'array' then document -> 'lines' else '[]' end) l
      where l ->> 'key' = split_part(cost #>> '{lines,0,originId}', '|', 2) limit 1), new.project_name);
  end if;
  new.search := to_tsvector('simple', queue_words(coalesce(new.number, '') || ' ' || coalesce(new.supplier, '') || ' ' || coalesce(new.project_name, '')
    || ' ' || new.erp_id || ' ' || coalesce(new.direct_cost_id::text, '') || ' ' || coalesce(left(cost ->> 'description', 500), '')));
  return new;
end $$;
create trigger job_cost_described before insert or update of wanted, direct_cost_id on job_cost
  for each row execute function job_cost_is_described();

create function job_cost_has_lines() returns trigger language plpgsql as $$
declare
  cost     jsonb := view_json(new.wanted);
  document jsonb;
begin
  delete from job_cost_line where job_cost_id = new.id;
  if jsonb_typeof(cost -> 'lines') = 'array' then
    document := view_json((select d.document from job_cost_document d
      where d.connection = new.connection and d.kind = new.kind and d.erp_id = new.erp_id));
    insert into job_cost_line (job_cost_id, position, connection, project_id, code, cost_code_id, cost_type_id, amount)
    select new.id, l.position, new.connection, new.project_id, (
        select i ->> 'itemCode' from jsonb_array_elements(case jsonb_typeof(document -> 'lines') when 'array' then document -> 'lines' else '[]' end) i
        where i ->> 'key' = split_part(l.line ->> 'originId', '|', 2) limit 1),
      (l.line ->> 'costCodeId')::bigint, (l.line ->> 'costTypeId')::bigint, (l.line ->> 'amount')::numeric
    from jsonb_array_elements(cost -> 'lines') with ordinality as l (line, position);
  end if;
  return null;
end $$;
create trigger job_cost_lines_inserted after insert on job_cost for each row execute function job_cost_has_lines();
create trigger job_cost_lines_updated after update of wanted on job_cost
  for each row when (new.wanted is distinct from old.wanted) execute function job_cost_has_lines();

-- What is there already is described the same way: an update of direct_cost_id describes it, and moves no state.
update job_cost set direct_cost_id = direct_cost_id;
insert into job_cost_line (job_cost_id, position, connection, project_id, code, cost_code_id, cost_type_id, amount)
select c.id, l.position, c.connection, c.project_id, (
    select i ->> 'itemCode' from jsonb_array_elements(view_json(d.document) -> 'lines') i
    where i ->> 'key' = split_part(l.line ->> 'originId', '|', 2) limit 1),
  (l.line ->> 'costCodeId')::bigint, (l.line ->> 'costTypeId')::bigint, (l.line ->> 'amount')::numeric
from job_cost c
join job_cost_document d on d.connection = c.connection and d.kind = c.kind and d.erp_id = c.erp_id
cross join lateral jsonb_array_elements(view_json(c.wanted) -> 'lines') with ordinality as l (line, position)
where c.wanted is not null;

create index job_cost_search on job_cost using gin (search);
create index job_cost_list on job_cost (dated desc nulls last, id desc);

alter table job_cost_left
  add column id bigint generated always as identity,
  add column search tsvector generated always as (to_tsvector('simple', queue_words(
    coalesce(number, '') || ' ' || coalesce(supplier, '') || ' ' || coalesce(project, '') || ' ' || coalesce(item, '') || ' ' || coalesce(account, '')
    || ' ' || coalesce(left(description, 500), '') || ' ' || rules || ' ' || erp_id))) stored;
create unique index job_cost_left_id on job_cost_left (id);
create index job_cost_left_search on job_cost_left using gin (search);
create index job_cost_left_list on job_cost_left (outcome, dated desc, id desc);
create index job_cost_project on job_cost (connection, project_id);
create index job_cost_line_code on job_cost_line (code);
create index job_cost_states on job_cost (connection, state) include (wanted_amount, written_amount);
