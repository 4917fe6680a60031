-- Payments of bills that Tieback exported, one row for each payment of one bill (GEN-PAY-12), and one contract payment in Procore for each row.
-- ignored: it stood before the switch-on (GEN-PAY-09). unmatched: its bill is not (yet) known to be ours. flagged: gone in the ERP, still in Procore,
-- out of the paid totals, an approver decides (GEN-PAY-11). replaced: its Procore row went over to the payment named by replaced_by.
create table payment (
  id                 bigint generated always as identity primary key,
  connection         text        not null,
  erp_payment_id     text        not null,
  erp_bill_id        text,
  work_item_id       bigint references work_item (id),
  state              text        not null check (state in ('ignored', 'unmatched', 'planned', 'sent', 'unknown', 'known', 'amending',
    'removing', 'flagged', 'zeroed', 'removed', 'replaced', 'cancelled', 'failed')),
  amount             numeric(18, 2),
  paid_on            date,
  method             text,
  reference          text,
  batch_reference    text,
  erp_updated_at     timestamptz,
  erp_deleted_at     timestamptz,
  deletion           text check (deletion in ('flag', 'zero', 'remove')),
  origin_id          text,
  procore_payment_id bigint,
  written_amount     numeric(18, 2),
  written_on         date,
  written_method     text,
  written_reference  text,
  replaced_by        bigint references payment (id),
  round              int         not null default 1,
  attempts           int         not null default 0,
  api_calls          int         not null default 0,
  settle_until       timestamptz,
  looked_up_at       timestamptz,
  due_at             timestamptz not null,
  lease_owner        text,
  failure_kind       text,
  failure_message    text,
  remedy             text,
  recorded_at        timestamptz not null,
  known_at           timestamptz,
  changed_at         timestamptz not null,
  changed_by         text        not null,
  changed_why        text        not null,
  unique (connection, erp_payment_id),
  unique (connection, procore_payment_id)
);
create index payment_due on payment (connection, due_at) where state in ('planned', 'sent', 'unknown', 'amending', 'removing');
create index payment_bill on payment (connection, erp_bill_id);

-- The journal of writes to Procore, step by step: a payment that Procore has locked is amended by clearing its origin id, patching it
-- and setting the origin id again, and a crash may come between any two.
create table payment_step (
  payment_id bigint not null references payment (id),
  round      int    not null,
  position   int    not null,
  connection text   not null,
  kind       text   not null check (kind in ('CREATE', 'CLEAR_ORIGIN', 'PATCH', 'SET_ORIGIN', 'REMOVE')),
  state      text   not null check (state in ('planned', 'sent', 'unknown', 'done', 'failed')),
  sent_at    timestamptz,
  done_at    timestamptz,
  message    text,
  primary key (payment_id, round, position)
);

create table payment_history (
  id         bigint generated always as identity primary key,
  payment_id bigint      not null,
  connection text        not null,
  from_state text,
  to_state   text        not null,
  at         timestamptz not null,
  node       text        not null,
  reason     text        not null
);
create index payment_history_payment on payment_history (payment_id);

create function payment_keeps_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into payment_history (payment_id, connection, from_state, to_state, at, node, reason)
    select n.id, n.connection, null, n.state, n.changed_at, n.changed_by, n.changed_why from after_rows n where n.state <> 'ignored';
  else
    insert into payment_history (payment_id, connection, from_state, to_state, at, node, reason)
    select n.id, n.connection, o.state, n.state, n.changed_at, n.changed_by, n.changed_why
    from after_rows n join before_rows o on o.id = n.id where n.state <> o.state;
  end if;
  return null;
end $$;
create trigger payment_inserted after insert on payment
  referencing new table as after_rows for each statement execute function payment_keeps_history();
create trigger payment_updated after update on payment
  referencing old table as before_rows new table as after_rows for each statement execute function payment_keeps_history();
