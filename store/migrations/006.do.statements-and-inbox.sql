create table goji.statements (
  id text primary key,
  gateway text not null,
  name text not null,
  sha256 bytea not null,
  content text not null,
  state text not null check (state in ('received', 'posted')),
  received_at timestamptz not null,
  posted_at timestamptz,
  unique (gateway, name)
);

create table goji.statement_lines (
  id text primary key,
  statement_id text not null references goji.statements,
  seq integer not null,
  gateway text not null,
  line_reference text not null,
  kind text not null check (kind in ('payment', 'refund')),
  subject_reference text not null,
  currency char(3) not null,
  gross_minor bigint not null,
  fee_minor bigint not null,
  net_minor bigint not null,
  settled_at timestamptz not null,
  state text not null,
  -- An exception says why nobody could place it, since when, and who has to act.
  reason text,
  owner text,
  opened_at timestamptz,
  unique (statement_id, seq),
  unique (gateway, line_reference),
  check (net_minor = gross_minor - fee_minor),
  check (state <> 'exception' or (reason is not null and owner is not null and opened_at is not null))
);
create index statement_lines_to_post on goji.statement_lines (statement_id, seq) where state = 'received';
create index statement_lines_exceptions on goji.statement_lines (opened_at) where state = 'exception';
create trigger line_begins before insert on goji.statement_lines for each row execute function goji.enforce_transition('line', 'state');
create trigger line_moves before update of state on goji.statement_lines for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('line', 'state');
alter table goji.ledger_transactions add foreign key (line_id) references goji.statement_lines;

-- A settlement that never came, a refund that has no way back, a gateway that took another amount: somebody has to look.
create table goji.exceptions (
  id text primary key,
  bill_id text not null,
  institution_id text not null,
  kind text not null check (kind in ('settlementLate', 'refundWithoutRoute', 'amountDiffers')),
  subject_id text not null,
  owner text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  unique (kind, subject_id),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);

-- Events of providers, recorded once by their own id before anything else is done with them.
create table goji.inbox (
  provider text not null,
  event_id text not null,
  body_sha256 bytea not null,
  received_at timestamptz not null,
  primary key (provider, event_id)
);

-- Kept as long as what they made: the answer to a repetition is the first answer.
create table goji.idempotency_keys (
  credential text not null,
  route text not null,
  key text not null,
  request_sha256 bytea not null,
  response_status smallint not null,
  response_body text not null,
  created_at timestamptz not null,
  primary key (credential, route, key)
);
