-- A message for the next page that a session shows, such as "Saved."; JSON of kind, key and words.
alter table web_session add column flash text;
create index web_session_expiry on web_session (expires_at);
create index sign_in_attempt_at on sign_in_attempt (at);

-- Whoever gets another role or leaves signs in again, whichever way it was changed.
create function end_web_sessions() returns trigger language plpgsql as $$
begin
  delete from web_session where user_id = new.id;
  return null;
end $$;
create trigger app_user_sessions after update of role, active on app_user
  for each row when (old.role is distinct from new.role or old.active is distinct from new.active)
  execute function end_web_sessions();
