-- When people were told that the ERP has a flagged payment no more (GEN-PAY-11); null while they have to be told.
alter table payment add column flag_told_at timestamptz;
update payment set flag_told_at = changed_at where state = 'flagged';
create index payment_flag_untold on payment (connection) where state = 'flagged' and flag_told_at is null;
