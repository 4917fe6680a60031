-- Sign-ins that are under way at the identity provider: each state is used once. The browser holds what it is made of.
create table oidc_visit (
  state_hash text        primary key,
  back       text        not null,
  expires_at timestamptz not null
);
create index oidc_visit_end on oidc_visit (expires_at);

-- What a session needs to be ended at the provider too: its ID token, sealed.
create table oidc_session (
  token_hash text  primary key references web_session (token_hash) on delete cascade,
  id_token   bytea not null
);
