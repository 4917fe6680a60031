-- What the Tieback door looks up while it reads: companies that commitments name, and records that may be sent by now.
create index queue_item_vendor on queue_item (connection, vendor_id) where kind = 'commitment';
create index queue_item_not_sent on queue_item (connection, id) where state = 'not_sent' and door = 'tieback';
