-- What a document changes in the ERP, where it may not be changed by two documents at a time: the order of a change order. Documents with the
-- same text in one connection go one after the other.
alter table work_item add column one_at_a_time text;
create index work_item_one_at_a_time on work_item (connection, one_at_a_time)
  where one_at_a_time is not null and state in ('composed', 'planned', 'sent', 'unknown');
