-- Through which interface of Procore a payment was first written. Its row stays there, whatever the setting says later: the same id can
-- stand for different rows in the two, and a payment that was written through one must not come again through the other.
alter table payment add column written_through text check (written_through in ('contract_payments', 'invoice_payments'));
update payment set written_through = 'contract_payments' where procore_payment_id is not null or state in ('sent', 'unknown', 'failed');
alter table payment drop constraint payment_connection_procore_payment_id_key;
alter table payment add constraint payment_procore_row unique (connection, written_through, procore_payment_id);
