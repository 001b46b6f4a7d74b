-- What was spent of each limit, by window, for all processes of the API together. A bucket is named by ids and keyed
-- hashes. The table is unlogged: a crash of the database forgives what was spent, and counting writes nothing to disk.
create unlogged table goji.rate_limits (
  bucket text not null,
  ends_at timestamptz not null,
  used integer not null,
  primary key (bucket, ends_at)
) with (fillfactor = 50);
create index rate_limits_by_end on goji.rate_limits (ends_at);
grant select, insert, update, delete on goji.rate_limits to goji_app;
grant select on goji.rate_limits to goji_checker;

-- When a key was last used, to the minute, and when the use of an ended one was last written into its log.
alter table goji.api_keys
  add column last_used_at timestamptz,
  add column refused_at timestamptz;
