-- Whose checkout it is, so that an institution's list is walked without asking for every checkout's bills. Null where the
-- bills are of several: such a one belongs to the citizen, and the platform alone lists it.
alter table goji.checkouts add column institution_id text references goji.institutions;
update goji.checkouts k set institution_id = (
  select min(b.institution_id) from goji.checkout_bills c join goji.bills b on b.id = c.bill_id
  where c.checkout_id = k.id having count(distinct b.institution_id) = 1);
create index checkouts_by_institution on goji.checkouts (institution_id, id desc) where institution_id is not null;
create index api_keys_by_institution on goji.api_keys (institution_id, id desc);
