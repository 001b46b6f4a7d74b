-- Files of bills. A row holds what a person's bill will be only until the bill is there: then it is emptied.
create table goji.batches (
  id text primary key,
  institution_id text not null references goji.institutions,
  mode text not null check (mode in ('test', 'live')),
  name text not null check (char_length(name) between 1 and 120),
  -- How its file is read (batches/reading.ts).
  reading jsonb not null,
  state text not null,
  -- Who ordered it: the entries in the logs of its bills name this key.
  actor text not null,
  -- The one upload that may write rows now, and what the whole file hashed to.
  upload_id text,
  sha256 bytea,
  reason text,
  -- Rows by state as they were last counted; lists read it, the batch itself is counted anew.
  counts jsonb not null default '{}',
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- When its run last said that it lives.
  progress_at timestamptz not null,
  wakes_missed integer not null default 0,
  -- When what it held of persons was emptied.
  cleared_at timestamptz
);
create index batches_by_institution on goji.batches (institution_id, id desc);
create index batches_at_work on goji.batches (progress_at) where state in ('issuing', 'undoing');
create index batches_to_clear on goji.batches (id) where state in ('cancelled', 'undone') and cleared_at is null;
create trigger batch_begins before insert on goji.batches for each row execute function goji.enforce_transition('batch', 'state');
create trigger batch_moves before update of state on goji.batches for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('batch', 'state');

create table goji.batch_rows (
  batch_id text not null references goji.batches,
  -- As a spreadsheet counts the file's rows.
  row integer not null check (row > 0),
  state text not null,
  bill_number text,
  policy text,
  asks_money boolean,
  amount_minor bigint,
  due_date date,
  issue_at timestamptz,
  channels text[],
  identifier_hash bytea,
  -- The rest of the new bill: title, details, citizen.
  bill jsonb,
  problems jsonb not null default '[]',
  bill_id text references goji.bills,
  changed_at timestamptz not null,
  primary key (batch_id, row),
  check (state in ('invalid', 'failed', 'kept') or problems = '[]'),
  check ((state in ('issued', 'withdrawn', 'kept')) = (bill_id is not null)),
  check (state not in ('received', 'failed') or bill_number is not null)
) with (fillfactor = 80);
create index batch_rows_by_state on goji.batch_rows (batch_id, state, row);
create index batch_rows_by_number on goji.batch_rows (batch_id, bill_number);
create unique index batch_rows_by_bill on goji.batch_rows (bill_id) where bill_id is not null;
-- A row is read before it is kept, so it may begin as one that was refused.
create trigger row_moves before update of state on goji.batch_rows for each row when (old.state is distinct from new.state) execute function goji.enforce_transition('row', 'state');

grant insert, update on goji.batches, goji.batch_rows to goji_app;
-- The rows of an upload that was cut off make room for the next one.
grant delete on goji.batch_rows to goji_app;
