-- Mails that wait for a mail server. once_key makes a notice about the same thing one notice.
create table notice (
  id          bigint generated always as identity primary key,
  connection  text        not null,
  kind        text        not null,
  recipients  text[]      not null,
  subject     text        not null,
  body        text        not null,
  once_key    text,
  state       text        not null check (state in ('due', 'sending', 'sent', 'failed')),
  attempts    int         not null default 0,
  due_at      timestamptz not null,
  lease_owner text,
  last_error  text,
  created_at  timestamptz not null,
  sent_at     timestamptz,
  unique (connection, once_key)
);
create index notice_due on notice (due_at) where state in ('due', 'sending');
