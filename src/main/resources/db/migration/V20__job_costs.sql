-- Job costs: what the ERP has, document by document and as it was last read. A line that did not come to Procore is looked at again when
-- projects or codes may have been linked since, without the document being read again.
create table job_cost_document (
  connection  text        not null,
  kind        text        not null check (kind in ('bill', 'spend', 'credit')),
  erp_id      text        not null,
  document    text        not null,
  recorded_at timestamptz not null,
  primary key (connection, kind, erp_id)
);

-- Lines that are no direct cost in Procore, with the reason and what to do about it (GEN-JC-08). waits: it may come without a change in the ERP.
create table job_cost_left (
  connection   text           not null,
  kind         text           not null,
  erp_id       text           not null,
  line_key     text           not null,
  outcome      text           not null check (outcome in ('UNSYNCED', 'EXPORTED', 'RETAINAGE', 'EARLIER', 'OVERHEAD')),
  waits        boolean        not null,
  rules        text           not null,
  reason       text           not null,
  remedy       text           not null,
  amount       numeric(18, 2) not null,
  dated        date           not null,
  number       text,
  supplier     text,
  project      text,
  item         text,
  account      text,
  description  text,
  primary key (connection, kind, erp_id, line_key),
  foreign key (connection, kind, erp_id) references job_cost_document (connection, kind, erp_id)
);
create index job_cost_left_outcome on job_cost_left (connection, outcome, dated);

-- One direct cost in Procore for each document and project. wanted: as it is to stand, null when it is not to stand any more. written: as it was
-- last written whole. sending: as it was last sent. sent_lines: origin ids of lines that Procore may have.
-- planned: something has to be written. known: Procore has it as the ERP does. removed: it is gone on both sides. cancelled: it was given up before
-- anything of it was written, or a person discarded it.
create table job_cost (
  id              bigint generated always as identity primary key,
  connection      text        not null,
  kind            text        not null,
  erp_id          text        not null,
  project_id      bigint      not null,
  origin_id       text        not null,
  type            text        not null,
  state           text        not null check (state in ('planned', 'known', 'removed', 'cancelled', 'failed')),
  wanted          text,
  wanted_amount   numeric(18, 2),
  wanted_lines    text[]      not null default '{}',
  sending         text,
  written         text,
  written_amount  numeric(18, 2),
  direct_cost_id  bigint,
  sent_lines      text[]      not null default '{}',
  removed_at      timestamptz,
  round           int         not null default 0,
  attempts        int         not null default 0,
  due_at          timestamptz not null,
  lease_owner     text,
  failure_kind    text,
  failure_message text,
  remedy          text,
  recorded_at     timestamptz not null,
  known_at        timestamptz,
  changed_at      timestamptz not null,
  changed_by      text        not null,
  changed_why     text        not null,
  unique (connection, origin_id),
  unique (connection, direct_cost_id),
  foreign key (connection, kind, erp_id) references job_cost_document (connection, kind, erp_id)
);
create index job_cost_due on job_cost (connection, due_at) where state = 'planned';
create index job_cost_document_of on job_cost (connection, kind, erp_id);

-- The journal of writes, step by step. A direct cost that Procore has locked is unlocked by clearing its origin id before it or one of its lines
-- can be removed; writing its header sets the origin id again.
create table job_cost_step (
  job_cost_id bigint not null references job_cost (id),
  round       int    not null,
  position    int    not null,
  kind        text   not null check (kind in ('HEADER', 'LINES', 'UNLOCK', 'DROP_LINES', 'REMOVE')),
  state       text   not null check (state in ('planned', 'sent', 'done', 'failed')),
  sent_at     timestamptz,
  done_at     timestamptz,
  message     text,
  primary key (job_cost_id, round, position)
);

create table job_cost_history (
  id          bigint generated always as identity primary key,
  job_cost_id bigint      not null,
  connection  text        not null,
  round       int         not null,
  from_state  text,
  to_state    text        not null,
  at          timestamptz not null,
  node        text        not null,
  reason      text        not null
);
create index job_cost_history_cost on job_cost_history (job_cost_id);

create function job_cost_keeps_history() returns trigger language plpgsql as $$
begin
  insert into job_cost_history (job_cost_id, connection, round, from_state, to_state, at, node, reason)
  values (new.id, new.connection, new.round, old.state, new.state, new.changed_at, new.changed_by, new.changed_why);
  return null;
end $$;
create trigger job_cost_inserted after insert on job_cost
  for each row execute function job_cost_keeps_history();
create trigger job_cost_updated after update on job_cost
  for each row when (new.state <> old.state or new.round <> old.round) execute function job_cost_keeps_history();

alter table dead_letter drop constraint dead_letter_subject_kind_check;
alter table dead_letter add constraint dead_letter_subject_kind_check
  check (subject_kind in ('work_item', 'erp_request', 'payment', 'job_cost', 'exchange'));

-- When job costs were read last, and whether somebody wants them to be read now.
alter table erp_connection add column costs_read_at timestamptz;
alter table erp_connection add column cost_sync_requested_at timestamptz;
