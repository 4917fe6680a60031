-- People who use the console, and what they may do (GEN-PERM). Mail addresses are kept in lower case: one person, one row.
create table app_user (
  id              bigint generated always as identity primary key,
  email           text        not null unique check (email = lower(email)),
  name            text        not null,
  password_hash   text,
  oidc_subject    text unique,
  role            text        not null check (role in ('owner', 'administrator', 'approver', 'operator', 'viewer')),
  language        text        not null default 'en' check (language in ('en', 'fr')),
  amount_limit    numeric(18, 2),
  procore_user_id bigint,
  procore_login   text,
  digest          boolean     not null default true,  -- GEN-NOT-04
  failure_mails   boolean     not null default true,
  active          boolean     not null default true,
  created_at      timestamptz not null,
  created_by      text        not null,
  signed_in_at    timestamptz
);

-- What an approver may import and export, kind by kind (GEN-PERM-04). connection null: every connection. kind null: every kind.
create table user_right (
  id         bigint generated always as identity primary key,
  user_id    bigint not null references app_user (id) on delete cascade,
  connection text,
  kind       text,
  can_import boolean not null,
  can_export boolean not null
);
create unique index user_right_once on user_right (user_id, coalesce(connection, ''), coalesce(kind, ''));

-- While somebody is away another one decides with their rights, in their own name.
create table delegation (
  id         bigint generated always as identity primary key,
  from_user  bigint      not null references app_user (id),
  to_user    bigint      not null references app_user (id),
  first_day  date        not null,
  last_day   date        not null check (last_day >= first_day),
  reason     text        not null,
  created_at timestamptz not null,
  created_by text        not null,
  revoked_at timestamptz,
  check (from_user <> to_user)
);
create index delegation_to on delegation (to_user) where revoked_at is null;

-- Only hashes of what the browser and the programs hold.
create table web_session (
  token_hash text primary key,
  user_id    bigint      not null references app_user (id) on delete cascade,
  csrf       text        not null,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null
);
create index web_session_user on web_session (user_id);

create table sign_in_attempt (
  id  bigint generated always as identity primary key,
  who text        not null,  -- mail:<address> or from:<network address>
  at  timestamptz not null
);
create index sign_in_attempt_who on sign_in_attempt (who, at);

create table api_key (
  id         bigint generated always as identity primary key,
  user_id    bigint      not null references app_user (id) on delete cascade,
  name       text        not null,
  prefix     text        not null unique,
  key_hash   text        not null unique,
  can_write  boolean     not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at    timestamptz,
  revoked_at timestamptz
);

-- Settings that were changed in the console: they count over the files. connection '' is for the whole deployment.
create table setting_change (
  id         bigint generated always as identity primary key,
  connection text        not null,
  key        text        not null,
  value      text,
  previous   text,
  at         timestamptz not null,
  who        text        not null
);
create index setting_change_key on setting_change (connection, key, id desc);
