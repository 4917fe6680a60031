-- What is joined to what: a Procore record and its counterpart in the ERP.
create table link (
  connection  text        not null,
  entity      text        not null,
  procore_key text        not null,
  origin_id   text        not null,
  erp_id      text,
  code        text,
  data        jsonb,
  updated_at  timestamptz not null,
  primary key (connection, entity, procore_key)
);

-- How far something was read. Moves only in the transaction that recorded what was read (design section 4).
create table cursor_position (
  connection text        not null,
  name       text        not null,
  value      text        not null,
  updated_at timestamptz not null,
  primary key (connection, name)
);
