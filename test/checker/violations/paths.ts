import type { Cast } from '../world.ts'
import type { Violation } from './violation.ts'

const event =
  (id: string, position: number | null, mode = 'test') =>
  (cast: Cast) =>
    `insert into events (id, institution_id, mode, type, subject, bill_id, at, data, position)
   values ('${id}', '${cast.institution}', '${mode}', 'bill.issued', 'bill:x', '${cast.settled}', now(), '{}', ${position})`
const endpoint = (institution: 'institution' | 'other', mode: string) => (cast: Cast) =>
  `insert into webhook_endpoints (id, institution_id, mode, url, description, types, state, position, created_at, changed_at)
   values ('whe_1', '${cast[institution]}', '${mode}', 'https://x.example', '', '{}', 'enabled', 0, now(), now())`
const told = (position: number): string =>
  `insert into webhook_deliveries (endpoint_id, event_id, position, subject, state) values ('whe_1', 'evt_1', ${position}, 'bill:x', 'pending')`
const feed = 'update event_feed set last = 2'

/** States that nobody knows, feeds out of order, revisions and objections that nobody kept, and what belongs to two. */
export const paths: readonly Violation[] = [
  {
    what: 'a state that there is not',
    breaks: (cast) => [`update deliveries set state = 'lost' where id = '${cast.delivery}'`],
    rule: 'known_states',
    id: (cast) => cast.delivery,
  },
  {
    what: 'a notice that is still being sent for a bill that is over',
    breaks: (cast) => [`update deliveries set state = 'sending' where id = '${cast.delivery}'`],
    rule: 'deliveries_ended',
    id: (cast) => cast.delivery,
  },
  {
    what: 'a notice that is two deliveries',
    breaks: (cast) => [
      'alter table deliveries drop constraint deliveries_bill_id_key_key',
      `insert into deliveries select (jsonb_populate_record(null::deliveries, to_jsonb(d) || '{"id": "dlv_again"}')).* from deliveries d where id = '${cast.delivery}'`,
    ],
    rule: 'deliveries_once',
    id: (cast) => cast.settled,
  },
  {
    what: 'a revision that nobody kept',
    breaks: (cast) => [`update bills set revision = 2 where id = '${cast.open}'`],
    rule: 'bill_revisions',
    id: (cast) => cast.open,
  },
  {
    what: 'an objection that its bill does not know',
    breaks: (cast) => [
      `insert into objections (id, bill_id, institution_id, state, by_citizen, received_at, filed_at) values ('obj_1', '${cast.open}', '${cast.institution}', 'filed', true, now(), now())`,
    ],
    rule: 'bill_objections',
    id: (cast) => cast.open,
  },
  {
    what: 'a bill that waits for an objection that is not there',
    breaks: (cast) => [`update bills set objection_id = 'obj_none' where id = '${cast.open}'`],
    rule: 'bill_objections',
    id: (cast) => cast.open,
  },
  {
    what: 'a feed that tells the second before the first',
    breaks: (cast) => [event('evt_1', 2)(cast), event('evt_2', 1)(cast), feed],
    rule: 'events_in_order',
    id: () => 'evt_2',
  },
  {
    what: 'a feed that passes one over',
    breaks: (cast) => [event('evt_1', null)(cast), event('evt_2', 1)(cast), feed],
    rule: 'events_in_order',
    id: () => 'evt_2',
  },
  {
    what: 'a place beyond the end of the feed',
    breaks: (cast) => [event('evt_1', 1)(cast)],
    rule: 'events_in_order',
    id: () => 'evt_1',
  },
  {
    what: 'a webhook delivery at another place than its event',
    breaks: (cast) => [event('evt_1', 1)(cast), feed, endpoint('institution', 'test')(cast), told(2)],
    rule: 'webhook_deliveries_true',
    id: () => 'evt_1',
  },
  {
    what: 'an event that goes to another institution',
    breaks: (cast) => [event('evt_1', 1)(cast), feed, endpoint('other', 'test')(cast), told(1)],
    rule: 'one_institution',
    id: () => 'evt_1',
  },
  {
    what: 'an event that goes to an endpoint of another mode',
    breaks: (cast) => [event('evt_1', 1)(cast), feed, endpoint('institution', 'live')(cast), told(1)],
    rule: 'one_mode',
    id: () => 'evt_1',
  },
  {
    what: 'a live checkout of a test bill',
    breaks: (cast) => [`update checkouts set mode = 'live' where id = '${cast.paidCheckout}'`],
    rule: 'one_mode',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that is another institution’s',
    breaks: (cast) => [`update checkouts set institution_id = '${cast.other}' where id = '${cast.openCheckout}'`],
    rule: 'one_institution',
    id: (cast) => cast.open,
  },
  {
    what: 'credit that is another citizen’s',
    breaks: (cast) => [
      `update excesses set citizen_id = (select citizen_id from bills where id = '${cast.settled}') where id = '${cast.excess}'`,
    ],
    rule: 'one_citizen',
    id: (cast) => cast.excess,
  },
]
