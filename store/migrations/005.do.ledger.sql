create table goji.ledger_transactions (
  id text primary key,
  kind text not null check (kind in ('payment', 'refund', 'settlement')),
  currency char(3) not null,
  payment_id text references goji.payments,
  refund_id text references goji.refunds,
  line_id text,
  at timestamptz not null
);
-- One transaction per payment, per refund and per statement line, so that nothing is ever booked twice.
create unique index ledger_payment_once on goji.ledger_transactions (payment_id) where kind = 'payment';
create unique index ledger_refund_once on goji.ledger_transactions (refund_id) where kind = 'refund';
create unique index ledger_line_once on goji.ledger_transactions (line_id) where kind = 'settlement';

create table goji.ledger_entries (
  transaction_id text not null references goji.ledger_transactions,
  line smallint not null,
  account text not null check (account in ('bank', 'gatewayClearing', 'fees', 'payable', 'refundPayable', 'suspense')),
  holder text not null,
  bill_id text references goji.bills,
  side text not null check (side in ('debit', 'credit')),
  amount_minor bigint not null check (amount_minor > 0),
  primary key (transaction_id, line)
);
create index ledger_entries_by_account on goji.ledger_entries (account, holder);

-- Checked once per header at commit, whatever the number of entries.
create function goji.check_balance() returns trigger language plpgsql as $$
declare difference bigint; entries integer;
begin
  select coalesce(sum(case side when 'debit' then amount_minor else -amount_minor end), 0), count(*)
    into difference, entries from goji.ledger_entries where transaction_id = new.id;
  if difference <> 0 or entries < 2 then
    raise exception 'ledger transaction % does not balance (% over % entries)', new.id, difference, entries using errcode = 'check_violation', constraint = 'ledger_balanced';
  end if;
  return null;
end $$;
create constraint trigger ledger_balanced after insert on goji.ledger_transactions deferrable initially deferred for each row execute function goji.check_balance();

-- A header that is committed takes no more entries: an entry's transaction must be the one that wrote the header.
create function goji.refuse_late_entry() returns trigger language plpgsql as $$
begin
  if not exists (select from goji.ledger_transactions t where t.id = new.transaction_id and t.xmin = pg_current_xact_id()::xid) then
    raise exception 'ledger transaction % is closed', new.transaction_id using errcode = 'check_violation', constraint = 'ledger_closed';
  end if;
  return new;
end $$;
create trigger ledger_closed before insert on goji.ledger_entries for each row execute function goji.refuse_late_entry();
create trigger ledger_transactions_append_only before update or delete or truncate on goji.ledger_transactions for each statement execute function goji.refuse_change();
create trigger ledger_entries_append_only before update or delete or truncate on goji.ledger_entries for each statement execute function goji.refuse_change();
