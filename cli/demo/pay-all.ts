import type { Demo } from './demo.ts'
import type { Bill, DemoInstitution } from './world.ts'

const INSTITUTIONS = ['Tax Office', 'Waterworks', 'Parking Office', 'University', 'Health Insurance']
const BILLS = 12
const SLOW_CAPTURE_MS = 4_000

/** Golden scenario 2. */
export const payAll: Demo = {
  number: 2,
  title: 'Pay all',
  story: 'Twelve bills of five institutions, one payment; one bill is cancelled while the citizen pays.',
  async tell(world) {
    const { tell, gateway } = world
    const institutions: DemoInstitution[] = []
    for (const name of INSTITUTIONS) institutions.push(await world.institution(name))
    const bills: { bill: Bill; of: DemoInstitution }[] = []
    for (let index = 0; index < BILLS; index += 1) {
      const of = institutions[index % institutions.length] as DemoInstitution
      bills.push({ bill: await of.bill(`Bill ${index + 1}`, 1_000 * (index + 1)), of })
    }
    tell.say(`${BILLS} bills of ${INSTITUTIONS.length} institutions are received for one citizen.`)
    for (const { bill } of bills) await world.billUntil(bill, 'every bill is delivered', ({ status }) => status === 'delivered')
    tell.say('All of them are delivered to the inbox, each by a run of its own.')

    const checkout = await world.checkout(bills.map(({ bill }) => bill))
    tell.say('The citizen chooses all twelve and opens one payment page: 78,000 won.')
    await gateway.disturbCapture?.(checkout, { kind: 'slow', ms: SLOW_CAPTURE_MS })
    await gateway.authorize(checkout, 'card')
    tell.say('The citizen pays by card. The gateway takes its time to answer.')
    const wrong = bills[7] as (typeof bills)[number]
    await wrong.of.client.post('/v1/bills/{id}/cancel', { path: { id: wrong.bill.id }, body: { reason: 'Issued by mistake' } })
    tell.say(`Meanwhile the ${wrong.of.name} cancels bill 8 over 8,000 won: it was issued by mistake.`)

    const others = bills.filter((one) => one !== wrong)
    for (const { bill } of others)
      await world.billUntil(bill, 'the others are paid', ({ status }) => status === 'paid' || status === 'settled')
    const cancelled = await world.billUntil(wrong.bill, 'the refund is through', ({ refunds }) =>
      refunds.some(({ state }) => state === 'succeeded'),
    )
    tell.say('The answer comes: the money was taken, 78,000 won. Each bill gets its part; the cancelled one cannot take any.')
    await world.settle()
    for (const { bill } of others) await world.billUntil(bill, 'the others are settled', ({ status }) => status === 'settled')
    const result = await world.operator.get('/v1/checkouts/{id}', { path: { id: checkout } })
    const outcomes = result.bills.map(({ outcome }) => outcome)
    tell.check('eleven bills are paid and settled', outcomes.filter((outcome) => outcome === 'allocated').length === BILLS - 1)
    tell.check(
      'one bill is refunded by itself: 8,000 won',
      cancelled.refunds[0]?.amount.amount === '8000' && cancelled.status === 'cancelled',
    )
    return world.links(wrong.bill)
  },
}
