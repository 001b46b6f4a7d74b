-- When the books were put back from a copy of an earlier time, and who said so. What was due before may have been done
-- already outside: whoever is about to do it asks first.
create table goji.restores (
  at timestamptz primary key,
  actor text not null
);
grant select, insert on goji.restores to goji_app;
grant select on goji.restores to goji_checker;

-- The id of a delivery is made of what it delivers, so that it comes out the same again after such a restore; its place in
-- a list is told by when it was begun.
alter table goji.deliveries add column begun_at timestamptz;
update goji.deliveries set begun_at = attempted_at;
alter table goji.deliveries alter column begun_at set not null;
drop index goji.deliveries_by_institution;
create index deliveries_by_institution on goji.deliveries (institution_id, begun_at desc, id desc);
create index deliveries_newest on goji.deliveries (begun_at desc, id desc);
