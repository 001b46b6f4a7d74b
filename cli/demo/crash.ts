import { GojiError } from '../../domain/errors.ts'
import type { Demo } from './demo.ts'

/** Golden scenario 6. */
export const crash: Demo = {
  number: 6,
  title: 'Crash',
  story: "The worker is killed between the gateway's capture and our record of it.",
  needsOwnStack: true,
  async tell(world) {
    const { tell, gateway, crashWorker } = world
    const captures = gateway.captures?.bind(gateway)
    if (crashWorker === undefined || gateway.disturbCapture === undefined || captures === undefined)
      throw new GojiError(
        'invalid',
        'demo_failed',
        'This engine is not one whose worker may be killed. Run the demonstration without --url.',
      )
    const town = await world.institution('Tax Office')
    const bill = await town.bill('Vehicle tax', 150_000)
    await world.billUntil(bill, 'the bill is delivered', ({ status }) => status === 'delivered')
    const checkout = await world.checkout([bill])
    tell.say('The citizen opens the payment page: 150,000 won.')
    await gateway.disturbCapture(checkout, { kind: 'unanswered' })
    await gateway.authorize(checkout, 'card')
    await world.until('the gateway has taken the money', async () => (await captures(checkout)) > 0)
    const unknown = await world.read(bill)
    tell.say('The citizen pays. The gateway takes the money, and its answer never arrives: nothing is recorded here yet.')
    tell.check('the money is taken and our books do not know it', unknown.payments.length === 0)
    await crashWorker()
    tell.say('Now the worker is killed, with no time to say anything, and another one is started.')
    const paid = await world.billUntil(bill, 'the bill is paid', ({ status }) => status === 'paid' || status === 'settled')
    tell.say('The checkout goes on where it was: it asks the gateway before it does anything again.')
    tell.check('one capture at the gateway', (await captures(checkout)) === 1)
    tell.check('one payment in the books', paid.payments.length === 1 && paid.amounts.paid.amount === '150000')
    await world.settle()
    await world.billUntil(bill, 'the bill is settled', ({ status }) => status === 'settled')
    tell.check('the settlement file agrees', true)
    return world.links(bill)
  },
}
