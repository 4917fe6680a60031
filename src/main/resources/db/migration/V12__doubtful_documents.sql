-- doubtful: looked for and not there under its marker, but the ERP holds a document that is like it (docs/failures.md). A person decides.
alter table write_document drop constraint write_document_outcome_check;
alter table write_document add constraint write_document_outcome_check
  check (outcome in ('known', 'refused', 'absent', 'missing', 'void', 'doubtful'));

-- Set on a doubtful record, whoever sends it on its way again: it is looked for among what changed in the ERP since then before it is written.
alter table work_item add column look_since timestamptz;
