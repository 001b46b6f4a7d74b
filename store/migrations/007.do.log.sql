-- One chain of hashes per subject, so that writers of different bills never wait for each other. The hash covers
-- versioned bytes made by the program (store/log/chain.ts), never anything that the database formats.
create table goji.log (
  subject text not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  action text not null,
  actor text not null,
  body text not null,
  previous_hash bytea,
  hash bytea not null,
  primary key (subject, seq),
  check ((seq = 1) = (previous_hash is null))
);
create index log_by_time on goji.log (at);
create trigger log_append_only before update or delete or truncate on goji.log for each statement execute function goji.refuse_change();

grant insert, update on all tables in schema goji to goji_app;
grant usage on all sequences in schema goji to goji_app;
grant select on all tables in schema goji to goji_app, goji_checker;
grant delete on goji.citizen_names, goji.citizen_contacts, goji.citizen_sessions, goji.sign_in_codes to goji_app;
revoke update on goji.ledger_transactions, goji.ledger_entries, goji.log, goji.charges, goji.inbox, goji.idempotency_keys, goji.policies from goji_app;
revoke insert, update on goji.transitions, goji.initial_states from goji_app;
