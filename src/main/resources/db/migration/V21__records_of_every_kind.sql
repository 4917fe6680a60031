-- Records of every kind go out, not invoices alone. unlinked: it was in the ERP, the document is gone there or no longer meant, and Procore's
-- record is free again; a new event stages it anew. former_erp_ids: documents that bore its marker before, which a look-up passes over.
-- figures: digest of the figures that the event stated, to tell a record that comes again with others; null before this version.
alter table work_item drop constraint work_item_state_check;
alter table work_item add constraint work_item_state_check check (state in
  ('staged', 'waiting', 'composed', 'planned', 'sent', 'unknown', 'known', 'acknowledged', 'failed', 'discarded', 'unlinked'));
alter table work_item add column former_erp_ids text[] not null default '{}';
alter table work_item add column figures text;
