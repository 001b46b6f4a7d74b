-- A channel or gateway that an operator has stopped gets no new orders until it is resumed. One row per provider that was
-- ever stopped: who did what when stands in the log of the provider.
create table goji.provider_stops (
  kind text not null check (kind in ('channel', 'gateway')),
  name text not null check (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  stopped boolean not null,
  reason text not null check (char_length(reason) between 1 and 300),
  actor text not null,
  changed_at timestamptz not null,
  primary key (kind, name)
);
grant select on goji.provider_stops to goji_app, goji_checker;
grant insert, update on goji.provider_stops to goji_app;

-- What is on its way back to citizens is counted every few seconds, by its age.
create index refunds_under_way on goji.refunds (requested_at) where state in ('requested', 'submitted');
