-- What a payment brought beyond what its bill could take and that did not go back at once: held for somebody to decide,
-- or kept as the citizen's credit with the institution. What is left of it is its amount less what was used.
create table goji.excesses (
  id text primary key,
  payment_id text not null references goji.payments,
  bill_id text not null,
  institution_id text not null,
  citizen_id text not null references goji.citizens,
  mode text not null check (mode in ('test', 'live')),
  kind text not null check (kind in ('held', 'credit')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  used_minor bigint not null default 0 check (used_minor between 0 and amount_minor),
  at timestamptz not null,
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create index excesses_by_bill on goji.excesses (bill_id);
create index excesses_by_payment on goji.excesses (payment_id);
create index excesses_of_citizen on goji.excesses (citizen_id, institution_id) where kind = 'credit' and used_minor < amount_minor;

-- Where excess went: to a bill or back to the citizen, each a ledger transaction of its own.
create table goji.excess_uses (
  id text primary key,
  excess_id text not null references goji.excesses,
  bill_id text references goji.bills,
  refund_id text references goji.refunds,
  amount_minor bigint not null check (amount_minor > 0),
  at timestamptz not null,
  check ((bill_id is null) <> (refund_id is null))
);
create index excess_uses_by_excess on goji.excess_uses (excess_id);
create index excess_uses_by_bill on goji.excess_uses (bill_id) where bill_id is not null;
create trigger excess_uses_append_only before update or delete or truncate on goji.excess_uses for each statement execute function goji.refuse_change();

-- Where the citizen wants a refund that has no other way. Personal: one row can be erased for itself, and is once it is paid.
create table goji.refund_accounts (
  refund_id text primary key references goji.refunds,
  bank text not null check (char_length(bank) between 1 and 60),
  number text not null check (char_length(number) between 4 and 34),
  holder text not null check (char_length(holder) between 1 and 120),
  given_by text not null,
  given_at timestamptz not null
);

alter table goji.refunds
  -- Also takes the charge back, so that nothing is owed again.
  add column cancel_charge boolean not null default false,
  -- Counted up with every account that is given: an attempt by another way has a key of its own.
  add column attempt smallint not null default 1,
  add column requested_by text not null default 'engine',
  -- The clerk's own words.
  add column note text check (char_length(note) between 1 and 500),
  -- Paid out by the operator from the bank, not by the gateway that took the payment.
  add column from_bank boolean not null default false,
  -- Nobody asked: the card scheme or the bank took it.
  add column taken_back boolean not null default false;
create index refunds_by_institution on goji.refunds (institution_id, requested_at desc, id desc);
create index payments_by_time on goji.payments (recorded_at desc, id desc);

-- What of the bill's refunds a settlement has shown, so that a new payment is not taken for a settled one.
alter table goji.bills add column refund_settled_minor bigint not null default 0 check (refund_settled_minor between 0 and refunded_minor);

alter table goji.ledger_transactions drop constraint ledger_transactions_kind_check;
alter table goji.ledger_transactions add constraint ledger_transactions_kind_check check (kind in ('payment', 'refund', 'settlement', 'release'));
alter table goji.ledger_transactions add column excess_use_id text references goji.excess_uses;
create unique index ledger_release_once on goji.ledger_transactions (excess_use_id) where kind = 'release';
alter table goji.ledger_entries drop constraint ledger_entries_account_check;
alter table goji.ledger_entries add constraint ledger_entries_account_check
  check (account in ('bank', 'gatewayClearing', 'fees', 'payable', 'refundPayable', 'citizenCredit', 'suspense'));

alter table goji.checkout_bills drop constraint checkout_bills_outcome_check;
alter table goji.checkout_bills add constraint checkout_bills_outcome_check check (outcome in ('allocated', 'refunded', 'held', 'credited', 'released'));

alter table goji.deliveries drop constraint deliveries_purpose_check;
alter table goji.deliveries add constraint deliveries_purpose_check check (purpose in ('notice', 'reminder', 'refundAccount'));

grant select on goji.excesses, goji.excess_uses, goji.refund_accounts to goji_app, goji_checker;
grant insert, update on goji.excesses, goji.refund_accounts to goji_app;
grant insert on goji.excess_uses to goji_app;
grant delete on goji.refund_accounts to goji_app;
