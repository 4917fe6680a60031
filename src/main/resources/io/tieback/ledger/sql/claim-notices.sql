-- Takes mails that are due.
update notice n
set state = 'sending', lease_owner = :#${bean:ledgerClaims.node}, due_at = :#${bean:ledgerClaims.noticeLeaseEnd}
where n.id in (
  select id from notice
  where state in ('due', 'sending')
    and due_at <= :#${bean:ledgerClaims.now}
  order by due_at
  for update skip locked
  limit :#${bean:ledgerClaims.notices})
returning n.id, n.connection, n.kind, array_to_string(n.recipients, ',') as recipients, n.subject, n.body, n.html, n.language,
  n.message_key::text as message_key, n.user_id, n.attempts
