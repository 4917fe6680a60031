-- Tokens, sealed before they get here: the ledger never sees one in the clear.
create table credential (
  connection text        not null,
  system     text        not null,
  sealed     bytea,
  version    bigint      not null default 0,
  expires_at timestamptz,
  updated_at timestamptz not null,
  primary key (connection, system)
);

-- Calls that a service allows one connection, shared by all routes and nodes. Counters may lose what the last moment before a crash
-- counted; a limit that is met shows as an answer 429.
create table budget (
  connection     text not null,
  system         text not null,
  blocked_until  timestamptz,
  blocked_reason text,
  primary key (connection, system)
);
create table budget_window (
  connection text        not null,
  system     text        not null,
  name       text        not null,
  seconds    int         not null check (seconds > 0),
  allowed    int         not null check (allowed > 0),
  used       int         not null default 0,
  started_at timestamptz not null,
  primary key (connection, system, name)
) with (fillfactor = 50);
create table budget_slot (
  connection  text        not null,
  system      text        not null,
  slot        int         not null,
  lease_owner text,
  due_at      timestamptz not null,
  primary key (connection, system, slot)
) with (fillfactor = 50);
