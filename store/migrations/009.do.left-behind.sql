-- A checkout or statement whose run was never started, or is gone, is found by the sweep, as a bill is. How often something
-- was found puts off its next turn, so one that cannot move holds up no other.
alter table goji.checkouts add column wakes_missed integer not null default 0;
alter table goji.statements add column wakes_missed integer not null default 0;
alter table goji.facts add column relays integer not null default 0, add column relayed_at timestamptz;
create index checkouts_not_ended on goji.checkouts (expires_at) where ended_at is null;
create index statements_received on goji.statements (received_at) where state = 'received';
