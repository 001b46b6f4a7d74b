-- Letters: taken back before they are printed, returned, sent again to a new address, and what each delivery cost.
alter table goji.deliveries
  -- The channel was asked to take it back and could not, or did not know it: it is not asked again.
  add column recall_asked boolean not null default false,
  add column return_reason text check (return_reason in ('moved', 'unknown', 'refused', 'deceased', 'insufficientAddress')),
  -- Somebody decided that what came back is sent again, or that it is not.
  add column resend_at timestamptz,
  add column given_up_at timestamptz,
  add column task_opened boolean not null default false,
  add column cost_minor bigint check (cost_minor >= 0),
  add constraint delivery_returned_with_reason check (state <> 'returned' or (return_reason is not null and ended_at is not null));
create index deliveries_returned on goji.deliveries (id desc) where state = 'returned';
create index deliveries_by_institution on goji.deliveries (institution_id, id desc);

-- Where the citizen wants to be left alone at night; the institution's zone where nothing is said.
alter table goji.citizens add column zone text check (char_length(zone) between 1 and 64);

-- Nothing more goes to an address from which a letter came back. Who gave an address may give another one.
alter table goji.citizen_contacts
  add column institution_id text references goji.institutions,
  add column returned_at timestamptz,
  add column return_reason text,
  add constraint contact_returned_with_reason check ((returned_at is null) = (return_reason is null));

-- A letter that came back and that no channel is left for: somebody has to find an address, or give up.
alter table goji.exceptions drop constraint exceptions_kind_check;
alter table goji.exceptions
  add constraint exceptions_kind_check check (kind in ('settlementLate', 'refundWithoutRoute', 'amountDiffers', 'returnedMail'));
