-- Addresses with which somebody sets a password of their own: only the hash is kept, each is good once and for a day.
create table password_link (
  token_hash text primary key,
  user_id    bigint      not null references app_user (id) on delete cascade,
  created_at timestamptz not null,
  created_by text        not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index password_link_user on password_link (user_id);
create index api_key_user on api_key (user_id);

-- The trail is looked through by person, action and time.
create index audit_entry_who on audit_entry (who, sequence desc);
create index audit_entry_action on audit_entry (action, sequence desc);
create index audit_entry_at on audit_entry (at);
