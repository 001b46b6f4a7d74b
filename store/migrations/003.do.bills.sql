create table goji.bills (
  id text primary key,
  institution_id text not null references goji.institutions,
  citizen_id text not null references goji.citizens,
  policy_id text not null,
  bill_number text not null check (char_length(bill_number) between 1 and 64),
  mode text not null check (mode in ('test', 'live')),
  title text not null check (char_length(title) between 1 and 200),
  details jsonb not null default '[]',
  currency char(3) not null,
  asks_money boolean not null,
  status text not null,
  issue_at timestamptz not null,
  issued_at timestamptz,
  due_date date,
  -- The sums of the bill's own rows, in minor units, moved under the row lock together with those rows.
  charged_minor bigint not null check (charged_minor >= 0),
  paid_minor bigint not null default 0 check (paid_minor >= 0),
  refunded_minor bigint not null default 0 check (refunded_minor between 0 and paid_minor),
  written_off_minor bigint not null default 0 check (written_off_minor >= 0),
  cancelled_minor bigint not null default 0 check (cancelled_minor >= 0),
  settled_minor bigint not null default 0,
  fees_minor bigint not null default 0,
  paid_at timestamptz,
  -- The one checkout that holds the bill now.
  checkout_id text,
  settlement_asks integer not null default 0,
  exception_open boolean not null default false,
  -- What the plan said when the bill was last looked at; the lists and the sweep read it.
  stage text not null default 'issue',
  due_at timestamptz,
  wake_at timestamptz,
  wakes_missed integer not null default 0,
  -- The head of the bill's log, so that the next entry is chained without another read.
  log_seq integer not null default 0,
  log_hash bytea,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (institution_id, bill_number),
  unique (institution_id, id),
  foreign key (institution_id, policy_id) references goji.policies (institution_id, id),
  constraint owed_not_negative check (charged_minor - (paid_minor - refunded_minor) - written_off_minor - cancelled_minor >= 0),
  constraint settled_not_above_paid check (settled_minor <= paid_minor),
  constraint notice_asks_nothing check (asks_money or charged_minor = 0)
-- A bill is written about ten times in its life: room on its page keeps the versions together and the indexes untouched.
) with (fillfactor = 60);
create index bills_by_citizen on goji.bills (citizen_id, created_at desc, id desc);
create index bills_by_institution on goji.bills (institution_id, created_at desc, id desc);
create index bills_to_wake on goji.bills (wake_at) where stage <> 'closed' and wake_at is not null;
create trigger bill_begins before insert on goji.bills for each row execute function goji.enforce_transition('bill', 'status');
create trigger bill_moves before update of status on goji.bills for each row when (old.status is distinct from new.status) execute function goji.enforce_transition('bill', 'status');

-- What the bill is charged, and what takes the charge away without a payment.
create table goji.charges (
  bill_id text not null,
  institution_id text not null,
  seq integer not null,
  kind text not null check (kind in ('issued', 'surcharge', 'reduction', 'writeOff', 'cancellation')),
  amount_minor bigint not null check (amount_minor > 0),
  reason text,
  at timestamptz not null,
  primary key (bill_id, seq),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);

create table goji.pauses (
  bill_id text not null,
  institution_id text not null,
  seq integer not null,
  reason text not null,
  from_at timestamptz not null,
  until_at timestamptz check (until_at >= from_at),
  primary key (bill_id, seq),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create unique index pauses_one_open on goji.pauses (bill_id) where until_at is null;

create table goji.deliveries (
  id text primary key,
  bill_id text not null,
  institution_id text not null,
  key text not null,
  purpose text not null check (purpose in ('notice', 'reminder')),
  channel text not null,
  state text not null,
  failure_kind text check (failure_kind in ('temporary', 'permanent', 'technical')),
  failure_code text,
  reference text,
  attempts integer not null default 0,
  -- A channel that cannot recognise a repetition may have shown the message twice; it is said, not hidden.
  possible_duplicate boolean not null default false,
  attempted_at timestamptz not null,
  accepted_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  ended_at timestamptz,
  unique (bill_id, key),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create trigger delivery_begins before insert on goji.deliveries for each row execute function goji.enforce_transition('delivery', 'state');
create trigger delivery_moves before update of state on goji.deliveries for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('delivery', 'state');

-- What happened to a bill. A fact that changes the plan stays unapplied until the bill's run has read it.
create table goji.facts (
  id text primary key,
  bill_id text not null references goji.bills,
  kind text not null,
  subject_id text,
  line text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  applied_at timestamptz
);
create index facts_unapplied on goji.facts (recorded_at) where applied_at is null;
create index facts_unapplied_by_bill on goji.facts (bill_id) where applied_at is null;
