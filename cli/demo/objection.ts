import type { Demo } from './demo.ts'
import type { Bill, DemoWorld } from './world.ts'

const PAUSE_SECONDS = 13

/** Golden scenario 5. A day lasts one second here. */
export const objection: Demo = {
  number: 5,
  title: 'Objection',
  story: 'Every clock of a bill stands still for 13 days and goes on with exactly the time that was left. A day lasts one second here.',
  async tell(world) {
    const { tell } = world
    const office = await world.institution('Parking Office', {
      chain: [
        { channel: 'inbox', wait: 'PT30S', until: 'read' },
        { channel: 'email', wait: 'PT30S', until: 'accepted' },
      ],
      due: { from: 'issue', after: 'PT60S' },
      reminders: [{ when: 'before', offset: 'PT10S' }],
      late: { once: '3', again: { percent: '1.2', every: 'PT30S', times: 60 } },
      handBackAfter: 'PT120S',
    })
    const contacts = [{ channel: 'email', address: `haneul.${world.tag}@example.org` }]
    const citizen = { identifier: `demo-${world.tag}`, name: '김하늘', language: 'en' as const, contacts }
    const bill = await office.bill('Parking fine', 40_000, { citizen })
    await world.billUntil(bill, 'the bill is delivered', ({ status }) => status === 'delivered')
    const before = await forecastOf(world, bill)
    tell.say('A fine is delivered. What will happen if nobody does anything:')
    for (const { code, at } of before) tell.add(`${clock(at)}  ${code}`)

    const { id } = bill
    await office.client.post('/v1/bills/{id}/pause', { path: { id }, body: { reason: 'Objection received' } })
    const [pause] = (await world.read(bill)).pauses
    tell.say('The citizen objects. The office puts the bill on hold, and every clock stands still.')
    tell.check('nothing has a date while it is on hold', (await forecastOf(world, bill)).length === 0)
    await world.pause(PAUSE_SECONDS)
    await office.client.post('/v1/bills/{id}/resume', { path: { id }, body: { reason: 'Objection dismissed' } })
    const resumed = (await world.read(bill)).pauses[0]
    const length = Date.parse(resumed?.until ?? '') - Date.parse(pause?.from ?? '')
    const after = await forecastOf(world, bill)
    tell.say(`The objection is dismissed after ${length} milliseconds. What will happen now:`)
    for (const { code, at } of after) tell.add(`${clock(at)}  ${code}`)
    const shifts = after.map(({ at }, index) => Date.parse(at) - Date.parse(before[index]?.at ?? ''))
    tell.check(
      `each of the ${after.length} dates has moved by exactly the length of the hold, to the millisecond`,
      after.length === before.length && shifts.every((shift) => shift === length),
    )
    return world.links(bill)
  },
}

/** The first steps to come: a fine that nobody pays has sixty surcharges. */
async function forecastOf(world: DemoWorld, bill: Bill): Promise<{ code: string; at: string }[]> {
  const { steps } = await world.operator.get('/v1/bills/{id}/forecast', { path: { id: bill.id } })
  return steps.flatMap(({ code, at }) => (at === null ? [] : [{ code, at }]))
}

const clock = (at: string): string => at.slice(11, 23)
