-- What a refund that one person orders may come to before a second one has to agree; null asks nobody.
alter table goji.institutions add column approval_above_minor bigint check (approval_above_minor >= 0);
grant update (approval_above_minor) on goji.institutions to goji_app;

-- Who agreed to a refund or declined it: never the one who ordered it.
alter table goji.refunds
  add column decided_by text,
  add column decided_at timestamptz,
  add column decision_note text check (char_length(decision_note) between 1 and 500),
  add constraint refunds_second_person check (decided_by <> requested_by),
  add constraint refunds_decision check ((decided_by is null) = (decided_at is null)),
  add constraint refunds_declined check (state <> 'declined' or decided_by is not null);

-- As before, and what was declined goes nowhere.
create or replace function goji.refunds_within_payment() returns trigger language plpgsql as $$
declare paid bigint; back bigint;
begin
  select amount_minor into paid from goji.payments where id = new.payment_id for no key update;
  select coalesce(sum(amount_minor), 0) into back from goji.refunds where payment_id = new.payment_id and state not in ('failed', 'declined');
  if back > paid then
    raise exception 'refunds of payment % exceed it', new.payment_id using errcode = 'check_violation', constraint = 'refunds_within_payment';
  end if;
  return null;
end $$;
