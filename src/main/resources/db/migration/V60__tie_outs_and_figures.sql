-- Tie-outs that were run, with their reports, and what the overview needs to be quick.

-- waiting: somebody asked for it. running: a node reads both systems; due_at is until when it has to have said that it lives. interrupted: the node
-- ended before it was done; nothing was changed anywhere, so it is simply started again.
create table tie_out_run (
  id          bigint generated always as identity primary key,
  connection  text        not null,
  who         text        not null,
  project_id  bigint,
  through     date,
  state       text        not null check (state in ('waiting', 'running', 'done', 'failed', 'interrupted')),
  step        text,
  step_done   int         not null default 0,
  step_total  int         not null default 0,
  asked_at    timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  due_at      timestamptz not null,
  lease_owner text,
  agrees      boolean,
  differences int,
  failure     text,
  remedy      text,
  report      jsonb,
  csv         text
) with (toast_tuple_target = 256);
alter table tie_out_run alter column report set storage external;
create unique index tie_out_run_one on tie_out_run (connection) where state in ('waiting', 'running');
create index tie_out_run_latest on tie_out_run (connection, id desc);

-- How much went each hour.
create index work_item_history_hours on work_item_history (at) include (connection, to_state) where to_state in ('known', 'failed');
create index payment_history_hours on payment_history (at) include (connection, to_state) where to_state in ('known', 'failed');

create index erp_request_webhook on erp_request (connection, received_at desc) where source = 'WEBHOOK';
create index request_detail_waits on request_detail (connection, state) where state in ('open', 'ready');
create index notice_waits on notice (connection, state) where state in ('due', 'sending', 'failed');

-- What went in each full hour, counted once the hour is over and kept: the overview counts the present hour alone. The row of connection '' says that
-- the hour was counted.
create table hour_figure (
  hour       timestamptz not null,
  connection text        not null,
  written    bigint      not null,
  failed     bigint      not null,
  payments   bigint      not null,
  primary key (hour, connection)
);
