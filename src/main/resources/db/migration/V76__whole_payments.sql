-- An ERP may tell of a whole payment what became of it, and not of each bill that it settles.
create index payment_batch on payment (connection, batch_reference) where batch_reference is not null;

-- Journal entries hold job costs too.
alter table job_cost_document drop constraint job_cost_document_kind_check;
alter table job_cost_document add constraint job_cost_document_kind_check check (kind in ('bill', 'spend', 'credit', 'journal'));
