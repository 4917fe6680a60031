-- Takes records other than subcontractor invoices that are due for checking and composing, each with the flow that prepares it.
update work_item w
set lease_owner = :#${bean:ledgerClaims.node}, due_at = :#${bean:ledgerClaims.itemLeaseEnd}
where w.id in (
  select id from work_item
  where state in ('staged', 'waiting')
    and entity <> 'requisition'
    and due_at <= :#${bean:ledgerClaims.now}
    and connection not in (select name from erp_connection where paused_at is not null)
  order by due_at
  for update skip locked
  limit :#${bean:ledgerClaims.items})
returning w.id, w.connection, w.entity, w.procore_id, w.state, w.round, w.attempts, w.api_calls, cast(w.event as text) as event,
  w.project_id, w.commitment_id, w.vendor_id, w.staged_at,
  case w.entity
    when 'vendor' then 'company'
    when 'cost_item' then 'cost-item'
    when 'project' then 'project'
    when 'standard_cost_code' then 'cost-code'
    when 'work_order_contract' then 'commitment'
    when 'purchase_order_contract' then 'commitment'
    when 'change_order' then 'change-order'
  end as flow
