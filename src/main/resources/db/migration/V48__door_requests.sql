-- What an approver accepts at Tieback's own door becomes work the way an ERP request does, and has no id of Procore's: nobody there waits for
-- an answer. queue_item_id: what was accepted.
alter table erp_request drop constraint erp_request_source_check;
alter table erp_request add constraint erp_request_source_check check (source in ('WEBHOOK', 'CATCH_UP', 'DOOR'));
alter table erp_request alter column request_id drop not null;
alter table erp_request add column queue_item_id bigint references queue_item (id) on delete set null;
alter table erp_request add constraint erp_request_of_one_door check ((source = 'DOOR') = (request_id is null));
create index erp_request_queue_item on erp_request (queue_item_id) where queue_item_id is not null;
