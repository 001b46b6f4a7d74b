import type { Demo } from './demo.ts'

/** Golden scenario 4. A day lasts two seconds here. */
export const lateFile: Demo = {
  number: 4,
  title: 'Late file',
  story: 'The settlement file comes three days late. A day lasts two seconds here.',
  // Where "npm start" runs, the files are handed in by themselves.
  needsOwnStack: true,
  async tell(world) {
    const { tell } = world
    const town = await world.institution('Tax Office', { settlement: { within: 'PT2S', askEvery: 'PT2S', exceptionAfter: 'PT7S' } })
    const bill = await town.bill('Property tax', 120_000)
    await world.billUntil(bill, 'the bill is delivered', ({ status }) => status === 'delivered')
    const checkout = await world.checkout([bill])
    await world.gateway.authorize(checkout, 'card')
    await world.billUntil(bill, 'the bill is paid', ({ status }) => status === 'paid')
    tell.say('The bill is paid. Its settlement is expected within a day.')

    const asked = await world.billUntil(bill, 'the gateway was asked', ({ next }) => next.key !== 'askSettlement:1')
    tell.say('The day is over, and there is no file. The gateway is asked for it, and asked again every day.')
    await world.billUntil(bill, 'a person is asked to look', ({ next }) => next.code === 'waitsForSettlement')
    const waiting = await world.read(bill)
    tell.say('After three and a half days a person is asked to look: an exception with an age and an owner.')
    tell.check('nothing is marked as failed: the bill is paid and waits', waiting.status === 'paid' && asked.status === 'paid')

    await world.settle()
    tell.say('The gateway makes its file at last, and it is handed in.')
    const settled = await world.billUntil(bill, 'the bill is settled', ({ status, stage }) => status === 'settled' && stage === 'closed')
    tell.check('the file that came late settles the bill all the same', settled.amounts.settled.amount === '120000')
    const { data: events } = await world.operator.get('/v1/bills/{id}/events', { path: { id: bill.id }, query: { limit: 100 } })
    tell.check('the exception was opened once', events.filter(({ action }) => action === 'openException').length === 1)
    return world.links(bill)
  },
}
