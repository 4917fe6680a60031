-- The journal of writes (design section 5). One row holds the exact bytes of a batch ...
create table write_batch (
  id              uuid primary key,
  connection      text        not null,
  entity          text        not null,
  state           text        not null check (state in ('planned', 'sent', 'unknown', 'closed')),
  idempotency_key text        not null,
  body            bytea       not null,
  documents       int         not null,
  group_id        uuid,
  sends           int         not null default 0,
  planned_at      timestamptz not null,
  first_sent_at   timestamptz,
  last_sent_at    timestamptz,
  resend_before   timestamptz,
  settle_until    timestamptz,
  looked_up_at    timestamptz,
  closed_at       timestamptz,
  attempts        int         not null default 0,
  due_at          timestamptz not null,
  lease_owner     text,
  last_status     int         not null default 0,
  last_kind       text,
  last_message    text,
  unique (connection, idempotency_key)
);
alter table write_batch alter column body set storage external;
create index write_batch_due on write_batch (connection, due_at) where state <> 'closed';

-- ... and each document has its own line in it. outcome: null while nobody knows, known, refused, absent (looked for and not there, counted),
-- missing (absent, and handed back for a new batch), void (the batch was dissolved before it left).
create table write_document (
  batch_id     uuid   not null references write_batch (id),
  position     int    not null,
  connection   text   not null,
  work_item_id bigint not null references work_item (id),
  round        int    not null,
  marker       text   not null,
  digest       text   not null,
  outcome      text check (outcome in ('known', 'refused', 'absent', 'missing', 'void')),
  erp_id       text,
  messages     text[] not null default '{}',
  outcome_at   timestamptz,
  primary key (batch_id, position),
  unique (batch_id, marker)
);
create index write_document_item on write_document (work_item_id);
