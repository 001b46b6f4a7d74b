create table goji.checkouts (
  id text primary key,
  citizen_id text not null references goji.citizens,
  mode text not null check (mode in ('test', 'live')),
  gateway text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  state text not null,
  language text not null check (language in ('ko', 'en')),
  return_path text not null,
  session_reference text,
  session_url text,
  failure_code text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index checkouts_by_citizen on goji.checkouts (citizen_id, created_at desc, id desc);
create trigger checkout_begins before insert on goji.checkouts for each row execute function goji.enforce_transition('checkout', 'state');
create trigger checkout_moves before update of state on goji.checkouts for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('checkout', 'state');

create table goji.checkout_bills (
  checkout_id text not null references goji.checkouts,
  bill_id text not null references goji.bills,
  amount_minor bigint not null check (amount_minor > 0),
  outcome text check (outcome in ('allocated', 'refunded', 'held', 'released')),
  primary key (checkout_id, bill_id)
);
create index checkout_bills_by_bill on goji.checkout_bills (bill_id);

alter table goji.bills add foreign key (checkout_id) references goji.checkouts;
create index bills_by_checkout on goji.bills (checkout_id) where checkout_id is not null;

create table goji.payments (
  id text primary key,
  checkout_id text unique references goji.checkouts,
  gateway text not null,
  reference text not null,
  method text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  fee_minor bigint not null default 0,
  state text not null,
  -- The payment's own time and who said so: deadlines of money count from it, never from the time we heard of it.
  paid_at timestamptz not null,
  paid_at_source text not null check (paid_at_source in ('gateway', 'bank')),
  recorded_at timestamptz not null,
  settled_at timestamptz,
  unique (gateway, reference)
);
create trigger payment_begins before insert on goji.payments for each row execute function goji.enforce_transition('payment', 'state');
create trigger payment_moves before update of state on goji.payments for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('payment', 'state');

create table goji.allocations (
  payment_id text not null references goji.payments,
  bill_id text not null,
  institution_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  at timestamptz not null,
  primary key (payment_id, bill_id),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create index allocations_by_bill on goji.allocations (bill_id);

create table goji.refunds (
  id text primary key,
  payment_id text not null references goji.payments,
  bill_id text not null,
  institution_id text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- True where the money was allocated to the bill first; false for what never fitted it (paid twice, cancelled meanwhile).
  from_allocation boolean not null,
  state text not null,
  reason text not null,
  reference text,
  failure_code text,
  requested_at timestamptz not null,
  submitted_at timestamptz,
  refunded_at timestamptz,
  settled_at timestamptz,
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create unique index refunds_reference on goji.refunds (reference) where reference is not null;
create index refunds_by_bill on goji.refunds (bill_id);
create index refunds_by_payment on goji.refunds (payment_id);
create trigger refund_begins before insert on goji.refunds for each row execute function goji.enforce_transition('refund', 'state');
create trigger refund_moves before update of state on goji.refunds for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('refund', 'state');

-- Refunds requested, running and done never exceed the payment, whoever asks and however many at once. The lock is one
-- that the foreign key's own lock does not meet: with a stronger one, two refunds of a payment would wait for each other.
create function goji.refunds_within_payment() returns trigger language plpgsql as $$
declare paid bigint; back bigint;
begin
  select amount_minor into paid from goji.payments where id = new.payment_id for no key update;
  select coalesce(sum(amount_minor), 0) into back from goji.refunds where payment_id = new.payment_id and state <> 'failed';
  if back > paid then
    raise exception 'refunds of payment % exceed it', new.payment_id using errcode = 'check_violation', constraint = 'refunds_within_payment';
  end if;
  return null;
end $$;
create trigger refunds_within_payment after insert or update of state, amount_minor on goji.refunds for each row execute function goji.refunds_within_payment();
