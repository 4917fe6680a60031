-- Written documents whose files have to follow them: one row for a document of the ERP, filled when Procore took its origin ids. What holds a file up
-- never holds up the invoice. due_at: next attempt while the row rests, end of the lease while somebody holds it.
create table document_files (
  work_item_id bigint      not null references work_item (id),
  erp_id       text        not null,
  connection   text        not null,
  erp_kind     text        not null,
  state        text        not null check (state in ('due', 'done', 'failed')),
  due_at       timestamptz not null,
  lease_owner  text,
  attempts     int         not null default 0,
  message      text,
  added_at     timestamptz not null,
  finished_at  timestamptz,
  primary key (work_item_id, erp_id)
);
create index document_files_due on document_files (connection, due_at) where state = 'due';

-- What became of each file; none while it is still to go.
create table document_file (
  work_item_id bigint      not null,
  erp_id       text        not null,
  file_id      bigint      not null,
  file_name    text        not null,
  state        text        not null check (state in ('done', 'failed')),
  bytes        bigint,
  message      text,
  remedy       text,
  at           timestamptz not null,
  primary key (work_item_id, erp_id, file_id),
  foreign key (work_item_id, erp_id) references document_files (work_item_id, erp_id)
);
