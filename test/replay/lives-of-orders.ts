import { addDays, localParts } from '../../domain/calendar.ts'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { decideObjection } from '../../store/commands/decide-objection.ts'
import { extendBill } from '../../store/commands/extend-bill.ts'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { writeOffBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { bill, cancelled, checkout, delivered, heard, HURRIED, type Life, paid, settled } from './steps.ts'
import type { World } from './world.ts'

const REASON = { reason: 'Corrected by the office', actor: 'test' }

/** Lives in which somebody orders something: the institution, or the citizen by an objection. */
export const livesOfOrders: Readonly<Record<string, Life>> = {
  'charged-for-being-late': async (world) => {
    const late = { once: '3', again: { percent: '1.2', every: 'PT2S', times: 2 } } as const
    const id = await world.issue({ policy: { ...HURRIED, late, handBackAfter: 'P60D' } })
    await eventually('it was charged three times', async () => {
      const [row] = await world.engine.root.sql<{ surcharges: number }[]>`select surcharges from bills where id = ${id}`
      return row?.surcharges === 3 ? true : undefined
    })
    const payment = await paid(world, id)
    return [bill(id), await settled(world, id, payment)]
  },

  'extended-when-overdue': async (world) => {
    const id = await world.issue({ policy: { ...HURRIED, handBackAfter: 'P60D' } })
    await world.engine.until(id, 'overdue')
    const { sql, clock } = world.engine.root
    const dueDate = addDays(localParts(clock.now(), 'Asia/Seoul').date, 10)
    await world.tell(transaction(sql, (tx) => extendBill(tx, { billId: id, dueDate, ...REASON }, clock.now())))
    await eventually('the run has heard of the extension', () => heard(world, id))
    await cancelled(world, id)
    return [bill(id)]
  },

  'amended-and-served-again': async (world) => {
    const id = await delivered(world)
    await amended(world, id, 9_000n)
    await eventually('the notice was served again', async () => {
      const rows = await world.engine.root
        .sql`select id from deliveries where bill_id = ${id} and purpose = 'notice' and delivered_at is not null`
      return rows.length === 2 ? true : undefined
    })
    const payment = await paid(world, id)
    return [bill(id), await settled(world, id, payment)]
  },

  'amended-while-a-page-is-open': async (world) => {
    const id = await delivered(world)
    const { checkoutId } = await checkout(world, id)
    await amended(world, id, 9_000n)
    await world.closed(`checkout:${checkoutId}`)
    await cancelled(world, id)
    return [`checkout:${checkoutId}`, bill(id)]
  },

  expired: async (world) => {
    const id = await delivered(world, { due: { from: 'issue', after: 'PT2S' }, expiresAfter: 'PT3S' })
    await world.closed(bill(id))
    return [bill(id)]
  },

  'objected-and-dismissed': async (world) => {
    const id = await delivered(world, { ...HURRIED, objection: { within: 'P20D' } })
    const { sql, clock } = world.engine.root
    const filed = await transaction(sql, (tx) =>
      fileObjection(tx, { billId: id, text: 'The car was sold', byCitizen: true, receivedAt: clock.now(), actor: 'citizen' }, clock.now()),
    )
    await world.tell(Promise.resolve(filed.wakes))
    await eventually('the run has heard of the objection', () => heard(world, id))
    const decision = { objectionId: filed.objectionId, outcome: 'dismissed', reason: 'No proof was given', actor: 'test' } as const
    await world.tell(transaction(sql, (tx) => decideObjection(tx, decision, clock.now())))
    await world.closed(bill(id))
    return [bill(id)]
  },

  'written-off': async (world) => {
    const id = await delivered(world)
    const { sql, clock } = world.engine.root
    await world.tell(transaction(sql, (tx) => writeOffBill(tx, { billId: id, ...REASON }, clock.now())))
    await world.closed(bill(id))
    return [bill(id)]
  },
}

const amended = ({ tell, engine }: World, billId: string, minor: bigint): Promise<void> => {
  const { sql, clock } = engine.root
  return tell(transaction(sql, (tx) => amendBill(tx, { billId, amount: { minor, currency: 'KRW' }, ...REASON }, clock.now())))
}
