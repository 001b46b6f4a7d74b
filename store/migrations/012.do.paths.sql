-- What may happen to a bill beside its payment: the due date moves later, the bill is amended, the citizen objects, the
-- time in which it can be paid here ends.
alter table goji.bills
  -- Since when a due date counts that the institution moved, and how many dates there have been.
  add column due_fixed_at timestamptz,
  add column due_revision integer not null default 1 check (due_revision > 0),
  add column valid_until date,
  add column revision integer not null default 1 check (revision > 0),
  -- The revision that the notices show, and since when they are served anew.
  add column notice_revision integer not null default 1 check (notice_revision between 1 and revision),
  add column notices_from timestamptz,
  -- The checkout that holds the bill asks for an amount that is no longer its own.
  add column checkout_stale boolean not null default false,
  add column objection_id text,
  add constraint stale_needs_checkout check (not checkout_stale or checkout_id is not null);

alter table goji.checkouts add column stopped_because text check (stopped_because in ('billClosed', 'billAmended', 'billExpired'));

alter table goji.charges drop constraint charges_kind_check;
alter table goji.charges add constraint charges_kind_check
  check (kind in ('issued', 'increase', 'decrease', 'surcharge', 'surchargeTakenBack', 'reduction', 'writeOff', 'cancellation'));

-- Every due date that was put off. The date before is null where none could be named: a pause was open.
create table goji.extensions (
  bill_id text not null,
  institution_id text not null,
  seq integer not null,
  due_date date not null,
  due_before timestamptz,
  reason text,
  by_citizen boolean not null,
  actor text not null,
  at timestamptz not null,
  primary key (bill_id, seq),
  check (by_citizen = (reason is null)),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);

-- Every revision after the first: what of it changed, from what to what; null where that stayed.
create table goji.amendments (
  bill_id text not null,
  institution_id text not null,
  revision integer not null check (revision > 1),
  amount_before_minor bigint,
  amount_minor bigint,
  due_date date,
  details_before jsonb,
  details jsonb,
  -- The notice is served again, because somebody had been shown the revision before.
  served_again boolean not null,
  reason text not null,
  actor text not null,
  at timestamptz not null,
  primary key (bill_id, revision),
  check ((amount_minor is null) = (amount_before_minor is null)),
  check ((details is null) = (details_before is null)),
  check (amount_minor is not null or due_date is not null or details is not null),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);

create table goji.objections (
  id text primary key,
  bill_id text not null,
  institution_id text not null,
  state text not null,
  by_citizen boolean not null,
  -- When the citizen objected, which may be before we heard of it: a letter, a visit.
  received_at timestamptz not null,
  filed_at timestamptz not null,
  -- The pause that it began; null where the bill was paused already.
  pause_seq integer,
  reason text,
  amount_minor bigint,
  decided_by text,
  decided_at timestamptz,
  check (state = 'filed' or decided_at is not null),
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create unique index objections_one_open on goji.objections (bill_id) where state = 'filed';
create index objections_by_institution on goji.objections (institution_id, id desc);
create index objections_by_bill on goji.objections (bill_id);
create trigger objection_begins before insert on goji.objections for each row execute function goji.enforce_transition('objection', 'state');
create trigger objection_moves before update of state on goji.objections for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('objection', 'state');
alter table goji.bills add foreign key (objection_id) references goji.objections;

-- What the citizen wrote may name anybody, so it stands apart and can be emptied for one person alone.
create table goji.objection_texts (
  objection_id text primary key references goji.objections,
  text text not null check (char_length(text) between 1 and 4000)
);

grant select on goji.extensions, goji.amendments, goji.objections, goji.objection_texts to goji_app, goji_checker;
grant insert on goji.extensions, goji.amendments, goji.objections, goji.objection_texts to goji_app;
grant update on goji.objections to goji_app;
grant delete on goji.objection_texts to goji_app;
