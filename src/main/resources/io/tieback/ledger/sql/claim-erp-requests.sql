-- Takes ERP requests that are due for reading: each goes to one node, until its lease ends.
update erp_request r
set state = 'reading', lease_owner = :#${bean:ledgerClaims.node}, due_at = :#${bean:ledgerClaims.requestLeaseEnd}
where r.id in (
  select id from erp_request
  where state in ('received', 'reading')
    and due_at <= :#${bean:ledgerClaims.now}
    and connection not in (select name from erp_connection where paused_at is not null)
  order by due_at
  for update skip locked
  limit :#${bean:ledgerClaims.requests})
returning r.id, r.connection, r.request_id, r.company_id, r.source, r.attempts, r.api_calls, r.received_at
