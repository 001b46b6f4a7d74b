-- Attempts to sign in to the console that failed, by a keyed hash of the network they came from.
create table goji.console_refusals (
  network_hash bytea not null,
  at timestamptz not null
);
create index console_refusals_by_network on goji.console_refusals (network_hash, at);
grant select, insert, delete on goji.console_refusals to goji_app;

-- What happened today is asked for often; events are written in the order of their times, so this index is tiny.
create index events_by_time on goji.events using brin (at);
