-- What Procore asked for. The webhook carries only the id (GEN-API-05); body is what the request itself holds.
-- due_at is the one answer to "when may somebody take this row": the next attempt while it rests, the end of the lease while it is held.
create table erp_request (
  id              bigint generated always as identity primary key,
  connection      text        not null,
  request_id      bigint      not null,
  company_id      bigint      not null,
  source          text        not null check (source in ('WEBHOOK', 'CATCH_UP')),
  delivery_id     text,
  state           text        not null check (state in ('received', 'reading', 'staged', 'parked', 'unrecognised', 'answered', 'dead')),
  name            text,
  body            jsonb,
  attempts        int         not null default 0,
  api_calls       int         not null default 0,
  due_at          timestamptz not null,
  lease_owner     text,
  failure_kind    text,
  failure_message text,
  received_at     timestamptz not null,
  staged_at       timestamptz,
  answered_at     timestamptz,
  unique (connection, request_id)
);
create index erp_request_due on erp_request (due_at) where state in ('received', 'reading');
create index erp_request_open on erp_request (connection, state) where state <> 'answered';

-- A request detail has to be closed with success or failed and messages (GEN-API-06). open: work is under way; ready: the answer is
-- known and has to be sent; answered: Procore took it; given_up: Procore no longer knows the detail.
create table request_detail (
  id          bigint generated always as identity primary key,
  connection  text        not null,
  detail_id   bigint      not null,
  request_row bigint      not null references erp_request (id),
  state       text        not null check (state in ('open', 'ready', 'answered', 'given_up')),
  outcome     text check (outcome in ('success', 'failed')),
  messages    text[]      not null default '{}',
  attempts    int         not null default 0,
  due_at      timestamptz not null,
  lease_owner text,
  last_error  text,
  answered_at timestamptz,
  unique (connection, detail_id)
);
create index request_detail_ready on request_detail (connection, due_at) where state = 'ready';
create index request_detail_request on request_detail (request_row);
