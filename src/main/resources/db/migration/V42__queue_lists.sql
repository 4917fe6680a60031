-- What the lists of the queue need to be quick, and what decisions need to be bound.
-- door: where the connection's records are approved; kept by the settings, which name it at each start.
alter table erp_connection add column door text not null default 'procore' check (door in ('procore', 'tieback'));

-- Words for searching: signs become spaces and accents go, whatever the locale of the database, so that 007 finds SC-007 and beton finds Béton.
create function queue_words(given text) returns text language sql immutable parallel safe as $$
  select lower(translate(given,
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ' || '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~«»–—…' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239),
    'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy' || repeat(' ', 42)))
$$;

-- list: one of the six lists of the tool (GEN-Q-01), so that a list of several states is read in order from one index.
-- in_erp: its document is in the ERP, whatever its state here. *_source: digest of the event that was accepted, or rejected.
-- *_under: in whose right it was done, when somebody stood in. extra: what the approver entered (GEN-Q-05).
-- shown_findings: what composing it found; findings: what reading it found.
alter table queue_item
  drop column search,
  add column list text generated always as (case state
    when 'ready_to_import' then 'ready_to_import'
    when 'ready_to_export' then 'ready_to_export'
    when 'exporting' then 'ready_to_export'
    when 'ready_to_update' then 'ready_to_update'
    when 'failed' then 'failed_to_export'
    when 'synced' then 'synced'
    when 'imported' then 'synced'
    when 'archived' then 'archived' end) stored,
  add column in_erp               boolean not null default false,
  add column sent_by_procore_id   bigint,
  add column accepted_source      text,
  add column rejected_source      text,
  add column first_accepted_under bigint references app_user (id),
  add column accepted_under       bigint references app_user (id),
  add column extra                jsonb not null default '{}',
  add column shown_findings       jsonb not null default '[]',
  add column search tsvector generated always as (to_tsvector('simple', queue_words(
    coalesce(number, '') || ' ' || coalesce(title, '') || ' ' || coalesce(party, '') || ' ' || coalesce(project_name, '') || ' '
    || coalesce(procore_id::text, '')))) stored;
create index queue_item_search on queue_item using gin (search);

drop index queue_item_list;
create index queue_item_list on queue_item (list, state_since desc, id desc);
create index queue_item_state on queue_item (state, state_since desc, id desc);
-- Counts of the lists read this index alone. Neither begins with the connection: a table without statistics would be read by it, one connection whole,
-- where the record itself is asked for.
create index queue_item_counts on queue_item (list, state, kind, connection);
drop index queue_item_project;
create index queue_item_project on queue_item (project_id, connection) where project_id is not null;
-- Room on each page for rows that change without a change of any index.
alter table queue_item set (fillfactor = 85);
