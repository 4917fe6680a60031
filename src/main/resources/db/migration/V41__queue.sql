-- What approvers and operators see: one row for each record of either door, in the states of GEN-Q. The Tieback door's rows are made by its
-- readings; the Procore door's rows follow their work items (trigger in V42). Nothing here decides what is written: the work item does.
create table queue_item (
  id                bigint generated always as identity primary key,
  connection        text        not null,
  door              text        not null check (door in ('procore', 'tieback')),
  kind              text        not null check (kind in
    ('company', 'project', 'cost_code', 'commitment', 'change_order', 'invoice', 'budget')),
  entity            text        not null,             -- External Data's word, as in work_item
  procore_id        bigint,                           -- null for what exists in the ERP only
  erp_key           text,                             -- for imports: the ERP's key
  state             text        not null check (state in
    ('not_sent', 'ready_to_export', 'ready_to_update', 'retrieved', 'rejected', 'exporting', 'failed', 'synced', 'unlinked',
     'ready_to_import', 'imported', 'archived', 'invalid')),
  state_since       timestamptz not null,
  round             int         not null default 1,   -- one more each time that it is sent again
  number            text,
  title             text,
  party             text,                             -- the company that it is about
  project_id        bigint,
  project_name      text,
  commitment_id     bigint,
  vendor_id         bigint,
  amount            numeric(18, 2),
  currency          text,
  record_date       date,
  procore_status    text,
  procore_updated   timestamptz,
  event             jsonb,                            -- what would be staged, in the shape of Procore's own event
  source_digest     text,                             -- of that event: other figures, other digest
  preview           jsonb,                            -- the document as it was last composed, for people
  shown_digest      text,                             -- of document and mapping as last composed
  findings          jsonb       not null default '[]',
  sent_at           timestamptz,
  sent_by           bigint references app_user (id),
  sent_by_name      text,
  sent_by_mail      text,
  created_by_name   text,
  created_by_mail   text,
  first_accepted_by bigint references app_user (id),  -- where a second approver is needed
  first_accepted_at timestamptz,
  accepted_by       bigint references app_user (id),
  accepted_at       timestamptz,
  accepted_digest   text,
  comment           text,                             -- of the last rejection (GEN-Q-07)
  decided_by        text,
  error             text,
  remedy            text,
  work_item_id      bigint references work_item (id),
  version           int         not null default 1,   -- what was shown is what is decided about
  changed_at        timestamptz not null,
  search            tsvector generated always as (to_tsvector('simple',
    coalesce(number, '') || ' ' || coalesce(title, '') || ' ' || coalesce(party, '') || ' ' || coalesce(project_name, '') || ' '
    || coalesce(procore_id::text, ''))) stored,
  check (procore_id is not null or erp_key is not null)
) with (toast_tuple_target = 256);
alter table queue_item alter column event set storage external;
alter table queue_item alter column preview set storage external;
create unique index queue_item_procore on queue_item (connection, entity, procore_id) where procore_id is not null;
create unique index queue_item_erp on queue_item (connection, entity, erp_key) where erp_key is not null;
create index queue_item_list on queue_item (state, state_since desc, id);
create index queue_item_work on queue_item (work_item_id) where work_item_id is not null;
create index queue_item_search on queue_item using gin (search);
create index queue_item_project on queue_item (connection, project_id);

-- The way of an item: every move, who made it and why.
create table queue_move (
  id            bigint generated always as identity primary key,
  queue_item_id bigint      not null references queue_item (id) on delete cascade,
  round         int         not null,
  action        text        not null,
  from_state    text,
  to_state      text        not null,
  at            timestamptz not null,
  who           text        not null,
  reason        text
);
create index queue_move_item on queue_move (queue_item_id, id);

-- How far the Tieback door has read each resource of Procore.
create table door_cursor (
  connection   text        not null,
  resource     text        not null,   -- such as vendors, or requisitions/<project id>
  read_through timestamptz not null,
  read_at      timestamptz not null,
  primary key (connection, resource)
);
-- Webhooks of public resources say where to look before the next poll.
create table door_hint (
  connection text        not null,
  resource   text        not null,
  at         timestamptz not null,
  primary key (connection, resource)
);
