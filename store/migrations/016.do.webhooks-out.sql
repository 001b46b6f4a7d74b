-- What institutions hear of. An event is written in the transaction of the change that it tells of, and gets its position
-- in the feed after that transaction committed: one that commits late gets a late position, so a reader who remembers a
-- position never misses a row. `number` is taken under the bill's row lock, so it keeps the order within a bill.
create table goji.events (
  id text primary key,
  number bigint generated always as identity,
  institution_id text not null,
  mode text not null check (mode in ('test', 'live')),
  type text not null,
  -- What the order is kept within: `bill:<id>`, `batch:<id>`.
  subject text not null,
  bill_id text,
  at timestamptz not null,
  -- Ids, codes and amounts only; nothing about a person.
  data jsonb not null,
  position bigint,
  foreign key (institution_id, bill_id) references goji.bills (institution_id, id)
);
create index events_unplaced on goji.events (number) where position is null;
create unique index events_feed on goji.events (institution_id, mode, position) where position is not null;

-- The last position that was given: its row lock lets one give positions at a time.
create table goji.event_feed (
  only_row boolean primary key default true check (only_row),
  last bigint not null
);
insert into goji.event_feed (last) values (0);

create table goji.webhook_endpoints (
  id text primary key,
  institution_id text not null references goji.institutions,
  mode text not null check (mode in ('test', 'live')),
  url text not null check (char_length(url) between 1 and 2000),
  description text not null,
  -- Types that it wants; none means all.
  types text[] not null,
  state text not null check (state in ('enabled', 'disabled', 'deleted')),
  disabled_because text check (disabled_because in ('asked', 'gone')),
  -- Events up to this position of the feed stand in its deliveries.
  position bigint not null,
  -- When its run looks again by itself; the sweep finds a run that was lost, or that does not know of new events.
  look_at timestamptz,
  wakes_missed integer not null default 0,
  -- Events in a row that failed at once since the last success; a few of them mean that the endpoint is down.
  failures integer not null default 0,
  down_since timestamptz,
  probes integer not null default 0,
  probe_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index webhook_endpoints_by_institution on goji.webhook_endpoints (institution_id, mode, id);
create index webhook_endpoints_enabled on goji.webhook_endpoints (look_at) where state = 'enabled';

-- Secrets have to sign, so they cannot be hashed: they are encrypted by the program with a key that is not in here.
create table goji.webhook_secrets (
  endpoint_id text not null references goji.webhook_endpoints,
  number integer not null,
  sealed bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (endpoint_id, number)
);

create table goji.webhook_deliveries (
  endpoint_id text not null references goji.webhook_endpoints,
  event_id text not null references goji.events,
  position bigint not null,
  subject text not null,
  state text not null check (state in ('pending', 'delivered', 'givenUp')),
  attempts integer not null default 0,
  -- Attempts before somebody had it sent again: the waits and the four weeks begin anew.
  attempts_before integer not null default 0,
  first_attempt_at timestamptz,
  -- When it is tried next; null for one that waits until those before it of the same subject are through.
  due_at timestamptz,
  delivered_at timestamptz,
  primary key (endpoint_id, event_id),
  check (due_at is null or state = 'pending')
);
create index webhook_deliveries_by_position on goji.webhook_deliveries (endpoint_id, position);
create index webhook_deliveries_due on goji.webhook_deliveries (endpoint_id, due_at, position) where due_at is not null;
create index webhook_deliveries_lane on goji.webhook_deliveries (endpoint_id, subject, position) where state = 'pending';
create index webhook_deliveries_given_up on goji.webhook_deliveries (endpoint_id) where state = 'givenUp';

-- Each attempt is written before the call and completed after it: one without an end may have arrived.
create table goji.webhook_attempts (
  endpoint_id text not null,
  event_id text not null,
  number integer not null,
  at timestamptz not null,
  status integer,
  ms integer,
  error text,
  answer text,
  primary key (endpoint_id, event_id, number),
  foreign key (endpoint_id, event_id) references goji.webhook_deliveries
);
create index webhook_attempts_by_time on goji.webhook_attempts (endpoint_id, at, event_id, number);

grant select, insert, update on goji.events, goji.event_feed, goji.webhook_endpoints, goji.webhook_secrets, goji.webhook_deliveries,
  goji.webhook_attempts to goji_app;
revoke insert on goji.event_feed from goji_app;
grant delete on goji.webhook_secrets to goji_app;
