-- A file as it comes, in pieces, before anybody has read it: none is ever held in memory whole.
create table goji.uploads (
  id text primary key,
  created_at timestamptz not null
);
create table goji.upload_chunks (
  upload_id text not null references goji.uploads on delete cascade,
  seq integer not null,
  bytes bytea not null,
  primary key (upload_id, seq)
);

alter table goji.statements
  add column source text not null default 'gateway' check (source in ('gateway', 'bank')),
  -- The pieces of a bank's file; a gateway's stands in `content`.
  add column upload_id text references goji.uploads,
  -- Lines that an earlier file had brought, and entries that the bank has not booked yet.
  add column known_lines integer not null default 0,
  add column not_booked integer not null default 0,
  -- The file that this one takes the place of.
  add column revises text references goji.statements,
  -- What a gateway's file comes to, where it is in one currency, and the bank's line that has shown that money.
  add column currency char(3),
  add column net_minor bigint,
  add column seen_in_bank text references goji.statement_lines;
update goji.statements s set currency = x.currency, net_minor = x.net from (
  select statement_id, min(currency) as currency, sum(net_minor) as net from goji.statement_lines group by 1 having count(distinct currency) = 1) x
  where x.statement_id = s.id;
create index statements_not_seen on goji.statements (gateway, id) where source = 'gateway' and seen_in_bank is null and net_minor is not null;

-- One account's statement or notification within a bank's file.
create table goji.statement_parts (
  id text primary key,
  statement_id text not null references goji.statements,
  seq integer not null,
  account text not null check (char_length(account) between 1 and 70),
  name text not null,
  electronic_sequence text,
  legal_sequence text,
  page integer,
  is_last_page boolean,
  created_at timestamptz,
  revises text references goji.statement_parts,
  unique (statement_id, seq)
);
create index statement_parts_by_name on goji.statement_parts (account, name);

alter table goji.statement_lines drop constraint statement_lines_kind_check;
alter table goji.statement_lines
  add constraint statement_lines_kind_check check (kind in ('payment', 'refund', 'credit', 'debit')),
  add column part_id text references goji.statement_parts,
  -- The latest part that had the line: a revision without it leaves the earlier one here.
  add column seen_part_id text references goji.statement_parts,
  -- What the line turned out to be, and by which rule.
  add column rule text,
  add column payment_id text references goji.payments,
  add column refund_id text references goji.refunds,
  add column returns_id text references goji.statement_lines;
create index statement_lines_by_part on goji.statement_lines (part_id) where part_id is not null;
create index statement_lines_by_payment on goji.statement_lines (payment_id) where payment_id is not null;

-- What the bank says of a line. Personal: names and accounts of payers stand here and nowhere else.
create table goji.bank_lines (
  line_id text primary key references goji.statement_lines,
  booked_on date not null,
  value_on date,
  is_reversal boolean not null,
  is_unclear boolean not null,
  return_reason text,
  refs text[] not null,
  -- The same, letters and digits alone, by which another line finds this one.
  keys text[] not null,
  text text not null,
  payer_name text,
  payer_account text,
  payee_account text,
  code text
);
create index bank_lines_by_key on goji.bank_lines using gin (keys);

-- A bill's number as it comes through a bank.
create function goji.bare(value text) returns text language sql immutable strict parallel safe
  as $$ select regexp_replace(upper(value), '[^[:alnum:]]', '', 'g') $$;
create index citizen_names_bare on goji.citizen_names (goji.bare(name));
create index bills_by_bare_number on goji.bills (goji.bare(bill_number) text_pattern_ops);
create index checkouts_by_reference on goji.checkouts (session_reference) where session_reference is not null;

-- References that were given to the payers of a bill, for transfers.
create table goji.payment_references (
  reference text primary key,
  bill_id text not null references goji.bills,
  at timestamptz not null
);
create index payment_references_by_bill on goji.payment_references (bill_id);

-- Every exception has a row: bills' own, and lines of files, which belong to no bill yet.
alter table goji.exceptions alter column bill_id drop not null, alter column institution_id drop not null;
alter table goji.exceptions drop constraint exceptions_kind_check;
alter table goji.exceptions add constraint exceptions_kind_check check (kind ~ '^[a-z][A-Za-z]{2,40}$');
alter table goji.exceptions
  add column reason text,
  add column line_id text references goji.statement_lines,
  add column outcome text,
  add column closed_by text,
  add column note text check (char_length(note) between 1 and 500);
create index exceptions_open on goji.exceptions (id) where closed_at is null;
create index exceptions_by_line on goji.exceptions (line_id) where line_id is not null;
insert into goji.exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at, reason, line_id)
  select 'exc' || substr(id, 4), null, null, 'line', id, owner, opened_at, reason, id from goji.statement_lines where state = 'exception';

alter table goji.ledger_transactions drop constraint ledger_transactions_kind_check;
alter table goji.ledger_transactions add constraint ledger_transactions_kind_check
  check (kind in ('payment', 'refund', 'settlement', 'release', 'suspense', 'payout', 'sendBack', 'sentBack'));
-- A line is booked once in each of its ways: into suspense when it is seen, and out of it when it is placed.
drop index goji.ledger_line_once;
create unique index ledger_line_once on goji.ledger_transactions (line_id, kind) where line_id is not null;

grant select on goji.uploads, goji.upload_chunks, goji.statement_parts, goji.bank_lines, goji.payment_references to goji_app, goji_checker;
grant insert, delete on goji.uploads, goji.upload_chunks to goji_app;
grant insert on goji.payment_references to goji_app;
grant insert, update on goji.statement_parts, goji.bank_lines to goji_app;
