-- What was not retried to success: the exchange, its whole history and its cause, until a person replays or discards it (design section 7).
-- A letter about an exchange that became no record (subject_kind exchange) can only be read and discarded.
-- superseded: the record was sent again by Procore, or arrived after all, before anybody looked.
create table dead_letter (
  id           bigint generated always as identity primary key,
  connection   text        not null,
  flow         text        not null,
  entity       text        not null,
  subject_kind text        not null check (subject_kind in ('work_item', 'erp_request', 'payment', 'exchange')),
  subject_id   bigint,
  key          text        not null,
  failure_kind text        not null,
  message      text        not null,
  remedy       text        not null,
  exchange     jsonb       not null,
  history      jsonb       not null,
  state        text        not null check (state in ('open', 'replayed', 'discarded', 'superseded')),
  parent_id    bigint references dead_letter (id),
  corrected    jsonb,
  created_at   timestamptz not null,
  closed_at    timestamptz,
  closed_by    text,
  reason       text
);
create index dead_letter_open on dead_letter (connection, created_at) where state = 'open';
create index dead_letter_subject on dead_letter (subject_kind, subject_id);
-- One open letter a subject: a failure reported twice is one failure.
create unique index dead_letter_one_open on dead_letter (subject_kind, subject_id) where state = 'open';

-- What people did. Each row carries a SHA-256 over itself and the row before, so that a change of any row shows.
create table audit_entry (
  sequence      bigint primary key,
  at            timestamptz not null,
  who           text        not null,
  connection    text        not null,
  action        text        not null,
  subject       text        not null,
  detail        text        not null,
  previous_hash text        not null,
  hash          text        not null
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only: % is not allowed', lower(tg_op);
end $$;
create trigger audit_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_is_append_only();
