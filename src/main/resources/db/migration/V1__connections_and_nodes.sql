-- A connection joins one Procore company to one ERP company (design section 2). Every other table carries its name.
create table erp_connection (
  name                    text primary key,
  procore_company_id      bigint      not null,
  erp                     text        not null,
  erp_tenant              text,
  paused_at               timestamptz,
  pause_reason            text,
  payment_schedule        text        not null default 'Hourly'
    check (payment_schedule in ('Hourly', 'Every 2 Hours', 'Every 4 Hours', 'Daily', 'Never')), -- GEN-SCH-01: exactly five values
  payments_switched_on_at timestamptz,
  payments_read_at        timestamptz,
  registered_at           timestamptz not null,
  unique (procore_company_id, erp, erp_tenant)
);

-- Processes that share the ledger. A node that is gone is known by seen_at; its work by the end of its leases.
create table node (
  name       text primary key,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  stopped_at timestamptz
);
