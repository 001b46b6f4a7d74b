import { DAY_MS } from '../../domain/duration.ts'
import { bankStatement, type BankLine } from './bank-statement.ts'
import type { Demo } from './demo.ts'

const PARTY = { name: 'Kim Haneul', account: 'DE02120300000000202051' }

/** Golden scenario 3. */
export const twice: Demo = {
  number: 3,
  title: 'Twice',
  story: 'The same bill is paid by card and, days later, by bank transfer: the second payment is known as one and goes back.',
  async tell(world) {
    const { tell, operator } = world
    const town = await world.institution('Tax Office')
    const bill = await town.bill('Vehicle tax', 12_000, { billNumber: `T-${world.tag}-0042` })
    await world.billUntil(bill, 'the bill is delivered', ({ status }) => status === 'delivered')
    await world.gateway.authorize(await world.checkout([bill]), 'card')
    await world.billUntil(bill, 'the bill is paid', ({ status }) => status === 'paid' || status === 'settled')
    tell.say('The bill over 12,000 won is paid by card.')

    const day = (days: number): string => new Date(Date.parse(bill.createdAt) + days * DAY_MS).toISOString().slice(0, 10)
    const handIn = (line: Omit<BankLine, 'won' | 'party'>): Promise<unknown> =>
      operator.send('/v1/statements', {
        query: {},
        raw: { type: 'application/xml', bytes: bankStatement(`demo-${world.tag}-${line.sign}`, { won: 12_000, party: PARTY, ...line }) },
      })
    await handIn({ sign: 'in', text: `Tax ${bill.billNumber}`, booked: day(4) })
    tell.say("Four days later the bank's statement shows a transfer of 12,000 won, with the bill's number in its text.")
    const known = await world.billUntil(bill, 'the second payment is known', ({ refunds }) => refunds.length > 0)
    tell.check(
      'it is known as a second payment of the same bill',
      known.refunds[0]?.reason === 'paidTwice' && known.amounts.owed.amount === '0',
    )
    const [first] = known.refunds
    const refundIn = (state: string): Promise<void> =>
      world.until(
        `the refund is ${state}`,
        async () => (await operator.get('/v1/refunds/{id}', { path: { id: first?.id ?? '' } })).state === state,
      )
    await refundIn('awaitingPayout')
    tell.say('It is to go back to the account that it came from. The bank pays on paper here, so a person gets it to do, with an age.')
    await handIn({ sign: 'out', text: `Refund ${first?.id ?? ''}`, booked: day(6) })
    await refundIn('succeeded')
    tell.say('Two days later the statement shows the money going back.')
    await world.settle()
    const settled = await world.billUntil(bill, 'the bill is settled', ({ status }) => status === 'settled')
    tell.check(
      'the second payment went back',
      settled.refunds.every(({ state }) => state === 'succeeded'),
    )
    tell.check('the bill is settled by the first, once', settled.amounts.settled.amount === '12000')
    const { ledger_balanced: balanced } = await operator.get('/v1/reports', { query: { institution: town.id } })
    tell.check('the ledger is balanced', balanced)
    return world.links(bill)
  },
}
