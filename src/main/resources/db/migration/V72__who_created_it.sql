-- Whoever created a record in Procore, by Procore's id: a mail address alone does not tell two people apart (GEN-PERM-21). What a reading has sent was
-- sent in the name of that person.
-- unlinking_until: somebody frees it at this moment, which asks the ERP and Procore; nothing is decided about it meanwhile. It ends by itself, so that a
-- node that stopped does not hold it for ever.
alter table queue_item
  add column created_by_procore_id bigint,
  add column unlinking_until       timestamptz;
update queue_item set created_by_procore_id = sent_by_procore_id where sent_by is null and sent_by_procore_id is not null;

-- What an acceptance binds besides the record itself: each code of a project, which is written before it (TB-ACC-01).
create table accepted_part (
  queue_item_id bigint not null references queue_item (id) on delete cascade,
  entity        text   not null,
  procore_id    bigint not null,
  digest        text   not null,
  primary key (queue_item_id, entity, procore_id)
);
