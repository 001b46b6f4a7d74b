-- covers: I14
-- holds: always
-- see: A state or a log cannot be
-- The feed tells the events of each subject in the order in which they happened, and gives no place twice or beyond its end.
select array[e.id] as ids, format('Event %s of %s stands at place %s of the feed, where it cannot.', e.id, e.subject, e.position) as sentence
from (
  select id, subject, position, lag(position) over subjects as place_before, lag(id) over subjects as id_before
  from events window subjects as (partition by subject order by number)) e, event_feed f
where e.position > f.last or (e.position is not null and e.id_before is not null and (e.place_before is null or e.position <= e.place_before))
