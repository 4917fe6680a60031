-- Which suppliers of the ERP may be which companies of Procore, and what was decided. suggested: nobody decided yet. linked: they are the same.
-- apart: a person said that they are two companies; it is not suggested again.
create table company_match (
  connection    text        not null,
  vendor_id     bigint      not null,
  vendor_name   text        not null,
  supplier_key  text        not null,
  supplier_name text        not null,
  score         int         not null check (score between 0 and 100),
  reasons       text[]      not null,
  state         text        not null check (state in ('suggested', 'linked', 'apart')),
  found_at      timestamptz not null,
  decided_at    timestamptz,
  decided_by    text,
  primary key (connection, vendor_id, supplier_key)
);

-- Companies that were merged into another in Procore's Directory: what is still under way for them goes on under the other.
create table company_merge (
  connection text        not null,
  vendor_id  bigint      not null,
  into_id    bigint      not null,
  merged_at  timestamptz not null,
  primary key (connection, vendor_id),
  check (vendor_id <> into_id)
);
