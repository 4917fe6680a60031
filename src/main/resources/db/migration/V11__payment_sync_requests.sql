-- Somebody asked for payments to be read now; the next tick serves it.
alter table erp_connection add column payment_sync_requested_at timestamptz;
