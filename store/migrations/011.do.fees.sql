alter table goji.bills
  add column surcharged_minor bigint not null default 0 check (surcharged_minor >= 0),
  add column reduced_minor bigint not null default 0 check (reduced_minor >= 0),
  -- The number of the last surcharge taken.
  add column surcharges integer not null default 0 check (surcharges >= 0),
  -- What paying early saves, as the plan said when the bill was last written: the lists read it. Without an end it stands until there is one.
  add column early_minor bigint not null default 0 check (early_minor >= 0),
  add column early_until timestamptz;

-- A surcharge keeps what it was taken of and the moment from which a payment was too late; one that is taken back, as the
-- payment had been in time after all, is a row of its own that names the one it takes back.
alter table goji.charges
  add column percent text,
  add column base_minor bigint check (base_minor >= 0),
  add column counts_at timestamptz,
  add column takes_back integer,
  drop constraint charges_kind_check,
  add constraint charges_kind_check check (kind in ('issued', 'surcharge', 'surchargeTakenBack', 'reduction', 'writeOff', 'cancellation')),
  add constraint charges_surcharge_basis check (kind <> 'surcharge' or (percent is not null and base_minor is not null and counts_at is not null)),
  add constraint charges_taken_back check ((kind = 'surchargeTakenBack') = (takes_back is not null)),
  add foreign key (bill_id, takes_back) references goji.charges (bill_id, seq);
