-- A mail goes to one person in their language, as text and as HTML; one address that is refused holds up no other.
alter table notice add column html text;                    -- null for mails from before
alter table notice add column language text not null default 'en' check (language in ('en', 'fr'));
alter table notice add column user_id bigint references app_user (id) on delete set null;  -- null for a further address of mail.to
alter table notice add column message_key uuid not null default gen_random_uuid();         -- its Message-ID, the same at each attempt
create index notice_latest on notice (created_at desc, id desc);

-- Failures wait here to be told together; a mail window of a connection opens with the first one.
create table failure_note (
  id            bigint generated always as identity primary key,
  connection    text        not null,
  at            timestamptz not null,
  what          text        not null,
  kind          text        not null,
  message       text        not null,
  remedy        text,
  queue_item_id bigint references queue_item (id) on delete set null,
  mailed_at     timestamptz
);
create index failure_note_due on failure_note (connection, id) where mailed_at is null;
create table failure_window (
  connection text primary key,
  opened_at  timestamptz not null
);

-- The daily summary is composed once a day, by whichever node comes first.
create table digest_run (
  day    date        primary key,
  ran_at timestamptz not null,
  node   text        not null
);

-- What waited too long was told to administrators, once for each time that it is sent.
create table escalation (
  queue_item_id bigint      not null references queue_item (id) on delete cascade,
  round         int         not null,
  at            timestamptz not null,
  primary key (queue_item_id, round)
);
