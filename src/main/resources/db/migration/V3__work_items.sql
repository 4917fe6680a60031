-- One row for each record that goes out, whatever Procore sends and however often (docs/decisions/0005).
-- due_at: next attempt while the row rests, end of the lease while somebody holds it. changed_*: who moved it last, kept for good by the trigger below.
create table work_item (
  id                 bigint generated always as identity primary key,
  connection         text        not null,
  entity             text        not null,
  procore_id         bigint      not null,
  state              text        not null check (state in
    ('staged', 'waiting', 'composed', 'planned', 'sent', 'unknown', 'known', 'acknowledged', 'failed', 'discarded')),
  round              int         not null default 1,
  event              jsonb       not null,
  document           jsonb,
  erp_body           text,
  digest             text,
  marker             text,
  amount             numeric(18, 2),
  currency           text,
  number             text,
  project_id         bigint,
  commitment_id      bigint,
  vendor_id          bigint,
  origin_rows        int,
  waits_for          text[]      not null default '{}',
  attempts           int         not null default 0,
  api_calls          int         not null default 0,
  due_at             timestamptz not null,
  lease_owner        text,
  failure_kind       text,
  failure_message    text,
  remedy             text,
  batch_id           uuid,
  group_id           uuid,
  batch_limit        int,
  erp_id             text,
  erp_number         text,
  erp_line_ids       text[]      not null default '{}',
  erp_total          numeric(18, 2),
  warnings           text[]      not null default '{}',
  origins_written_at timestamptz,
  staged_at          timestamptz not null,
  known_at           timestamptz,
  acknowledged_at    timestamptz,
  changed_at         timestamptz not null,
  changed_by         text        not null,
  changed_why        text        not null,
  unique (connection, entity, procore_id),
  unique (connection, marker)
) with (toast_tuple_target = 256);
-- The payloads are written once and read seldom: out of line they do not travel with every change of state.
alter table work_item alter column event set storage external;
alter table work_item alter column document set storage external;
alter table work_item alter column erp_body set storage external;

create index work_item_to_prepare on work_item (due_at) where state in ('staged', 'waiting');
create index work_item_to_write on work_item (connection, entity, due_at) where state = 'composed';
create index work_item_batch on work_item (batch_id) where state in ('composed', 'planned', 'sent', 'unknown');
create index work_item_group on work_item (group_id) where state in ('composed', 'planned', 'sent', 'unknown');
create index work_item_to_acknowledge on work_item (connection, due_at) where state = 'known' and origins_written_at is null;
create index work_item_waits on work_item using gin (waits_for) where state = 'waiting';
create index work_item_failed on work_item (connection) where state = 'failed';
create index work_item_erp_id on work_item (connection, erp_id) where erp_id is not null;

-- Which records a request asked for, and which of its details each record answers.
create table request_item (
  request_row  bigint not null references erp_request (id),
  work_item_id bigint not null references work_item (id),
  primary key (request_row, work_item_id)
);
create index request_item_item on request_item (work_item_id);

create table item_detail (
  detail_row   bigint not null references request_detail (id),
  work_item_id bigint not null references work_item (id),
  verdict      text check (verdict in ('success', 'failed')),
  messages     text[] not null default '{}',
  primary key (detail_row, work_item_id)
);
create index item_detail_item on item_detail (work_item_id);

-- Every change of state, with time, node and reason. Written by the database, so that no path can forget it.
create table work_item_history (
  id           bigint generated always as identity primary key,
  work_item_id bigint      not null,
  connection   text        not null,
  round        int         not null,
  from_state   text,
  to_state     text        not null,
  at           timestamptz not null,
  node         text        not null,
  reason       text        not null
);
create index work_item_history_item on work_item_history (work_item_id);

create function work_item_keeps_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into work_item_history (work_item_id, connection, round, from_state, to_state, at, node, reason)
    select n.id, n.connection, n.round, null, n.state, n.changed_at, n.changed_by, n.changed_why from after_rows n;
  else
    insert into work_item_history (work_item_id, connection, round, from_state, to_state, at, node, reason)
    select n.id, n.connection, n.round, o.state, n.state, n.changed_at, n.changed_by, n.changed_why
    from after_rows n join before_rows o on o.id = n.id
    where n.state <> o.state or n.round <> o.round;
  end if;
  return null;
end $$;
create trigger work_item_inserted after insert on work_item
  referencing new table as after_rows for each statement execute function work_item_keeps_history();
create trigger work_item_updated after update on work_item
  referencing old table as before_rows new table as after_rows for each statement execute function work_item_keeps_history();
