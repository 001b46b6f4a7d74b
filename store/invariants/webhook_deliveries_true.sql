-- covers: I14
-- holds: always
-- see: A state or a log cannot be
-- A webhook delivery stands for its event: the same place and the same subject.
select array[d.event_id, d.endpoint_id] as ids,
  format('The delivery of event %s to webhook endpoint %s says another place or subject than the event.', d.event_id, d.endpoint_id) as sentence
from webhook_deliveries d join events e on e.id = d.event_id
where d.position is distinct from e.position or d.subject <> e.subject
