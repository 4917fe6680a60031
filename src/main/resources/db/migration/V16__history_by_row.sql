-- The history of a record, kept by a trigger for each row that changes its state: collecting all rows of a statement first cost more than
-- the statement itself, and most statements (claims, leases) change no state at all.
drop trigger work_item_inserted on work_item;
drop trigger work_item_updated on work_item;

create or replace function work_item_keeps_history() returns trigger language plpgsql as $$
begin
  insert into work_item_history (work_item_id, connection, round, from_state, to_state, at, node, reason)
  values (new.id, new.connection, new.round, old.state, new.state, new.changed_at, new.changed_by, new.changed_why);
  return null;
end $$;

create trigger work_item_inserted after insert on work_item
  for each row execute function work_item_keeps_history();
create trigger work_item_updated after update on work_item
  for each row when (new.state <> old.state or new.round <> old.round) execute function work_item_keeps_history();
