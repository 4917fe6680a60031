-- A cost code with a cost type has no id of its own in Procore, and one item of the ERP serves all projects: its joined code gets an id here,
-- which is the procore_id of its work item (entity cost_item).
create table cost_item (
  id         bigint generated always as identity primary key,
  connection text not null,
  code       text not null,
  unique (connection, code)
);
create index work_item_project on work_item (connection, project_id) where project_id is not null;
