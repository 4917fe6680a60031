-- Lists of dead letters that are quick at 100,000 and more, and acts on many of them that go on after a crash.

-- The payloads are read one at a time: out of line they do not travel with every list.
alter table dead_letter set (toast_tuple_target = 256);
alter table dead_letter alter column exchange set storage external;
alter table dead_letter alter column history set storage external;
alter table dead_letter alter column corrected set storage external;
-- number: what people know an invoice by, as its event has it.
alter table dead_letter
  add column number text generated always as (coalesce(nullif(exchange -> 'event' ->> 'code', ''), exchange -> 'event' ->> 'invoice_number',
    exchange -> 'event' ->> 'number')) stored,
  add column search tsvector generated always as (to_tsvector('simple', queue_words(
    left(message, 2000) || ' ' || left(remedy, 2000) || ' ' || flow || ' ' || key || ' ' || failure_kind || ' ' || entity || ' '
    || left(coalesce(nullif(exchange -> 'event' ->> 'code', ''), exchange -> 'event' ->> 'invoice_number', exchange -> 'event' ->> 'number', ''), 200)))) stored;
create index dead_letter_list on dead_letter (state, created_at desc, id desc);
create index dead_letter_search on dead_letter using gin (search);
create index dead_letter_parent on dead_letter (parent_id) where parent_id is not null;
-- Counts of what waits read this index alone.
create index dead_letter_counts on dead_letter (connection, failure_kind, entity, flow, created_at) where state = 'open';

-- What a person ordered for many letters: replay them, or discard them with a reason. due_at: end of the lease while a node holds it.
create table replay_run (
  id          bigint generated always as identity primary key,
  act         text        not null check (act in ('replay', 'discard')),
  who         text        not null,
  reason      text,
  connection  text,                       -- null: of all connections
  wanted      text        not null,       -- which letters were ordered, in words
  state       text        not null check (state in ('running', 'done')),
  total       int         not null,
  done        int         not null default 0,
  failed      int         not null default 0,
  created_at  timestamptz not null,
  started_at  timestamptz,
  finished_at timestamptz,
  due_at      timestamptz not null,
  lease_owner text,
  check (act <> 'discard' or reason is not null)
);
create index replay_run_due on replay_run (due_at) where state = 'running';

-- Its letters as they were when it was ordered, and what became of each. outcome: null while it is still to do.
create table replay_run_letter (
  run_id    bigint not null references replay_run (id) on delete cascade,
  letter_id bigint not null references dead_letter (id),
  outcome   text check (outcome in ('done', 'stays')),
  problem   text,
  at        timestamptz,
  primary key (run_id, letter_id)
);
create index replay_run_letter_open on replay_run_letter (run_id, letter_id) where outcome is null;
create index replay_run_letter_stays on replay_run_letter (run_id, letter_id) where outcome = 'stays';
create index replay_run_letter_letter on replay_run_letter (letter_id);
