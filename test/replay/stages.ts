import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { ProviderError } from '../../domain/errors.ts'
import { eventually } from '../support/eventually.ts'
import { capture, openPayment } from '../support/money.ts'
import { bill, cancelled, checkout, delivered, heard, HURRIED, paid, settled } from './steps.ts'
import type { World } from './world.ts'

/** A bill that waits for something, and how it goes on to its end. */
export interface Open {
  readonly id: string
  readonly ends: 'settled' | 'cancelled'
  end(): Promise<unknown>
}

/** Leaves a bill open at one place of its life. */
type Stage = (world: World) => Promise<Open>

/** What waits for the next attempt waits twice as long each time. */
const NEXT_ATTEMPT_MS = 150_000

const order = (billId: string) => ({ billId, reason: 'The citizen objected', actor: 'test' })

/** Wherever a bill can wait for somebody or something. */
export const stages: Readonly<Record<string, Stage>> = {
  'it was served': async (world) => toPay(world, await delivered(world)),

  'it is overdue': async (world) => {
    const id = await world.issue({ policy: { ...HURRIED, handBackAfter: 'P60D' } })
    await world.engine.until(id, 'overdue')
    return toPay(world, id)
  },

  'it is paused': async (world) => {
    const { sql, clock } = world.engine.root
    const id = await delivered(world)
    await world.tell(transaction(sql, (tx) => pauseBill(tx, order(id), clock.now())))
    await eventually('the run has heard of the pause', () => heard(world, id))
    return {
      id,
      ends: 'settled',
      async end() {
        await world.tell(transaction(sql, (tx) => resumeBill(tx, order(id), clock.now())))
        await toPay(world, id).end()
      },
    }
  },

  'a payment page is open': async (world) => {
    const id = await delivered(world)
    const { checkoutId } = await checkout(world, id)
    return {
      id,
      ends: 'settled',
      async end() {
        world.gateway.authorize(checkoutId)
        await world.engine.root.engine.reportCheckout(checkoutId)
        await world.closed(`checkout:${checkoutId}`)
        await settled(world, id, { checkoutId, amount: { minor: 12_500n, currency: 'KRW' } })
      },
    }
  },

  'the settlement has not come': async (world) => {
    const id = await delivered(world)
    const payment = await paid(world, id)
    await eventually('the run has heard of the payment', () => heard(world, id))
    return { id, ends: 'settled', end: () => settled(world, id, payment) }
  },

  'a refund gets no answer': async (world) => {
    const { root } = world.engine
    const id = await delivered(world)
    const late = await openPayment(root, id)
    await cancelled(world, id)
    let asked = 0
    const refund = async (): Promise<never> => {
      asked += 1
      throw new ProviderError('temporary', 'busy', 'the gateway does not answer')
    }
    Object.assign(world.gateway, { refund })
    await world.tell(capture(root, late))
    await eventually('the gateway was asked', async () => (asked > 0 ? true : undefined))
    return {
      id,
      ends: 'cancelled',
      async end() {
        Reflect.deleteProperty(world.gateway, 'refund')
        await eventually(
          'the money went back',
          async () => {
            const rows = await root.sql`select id from refunds where bill_id = ${id} and state = 'succeeded'`
            return rows.length === 1 ? true : undefined
          },
          NEXT_ATTEMPT_MS,
        )
        await world.closed(bill(id))
      },
    }
  },

  // The last, as the other stages want letters to be taken.
  'a channel is tried again and again': async (world) => {
    world.letterbox.behaviour = 'busy'
    const before = world.letterbox.attempts
    const id = await world.issue({ policy: { chain: [{ channel: 'letterbox', wait: 'P10D', until: 'delivered' }] } })
    await eventually('the channel was tried', async () => (world.letterbox.attempts > before ? true : undefined))
    return {
      id,
      ends: 'cancelled',
      async end() {
        world.letterbox.behaviour = 'accepts'
        await eventually(
          'the letter was handed over',
          async () => {
            const rows = await world.engine.root.sql`select id from deliveries where bill_id = ${id} and accepted_at is not null`
            return rows.length === 1 ? true : undefined
          },
          NEXT_ATTEMPT_MS,
        )
        await cancelled(world, id)
      },
    }
  },
}

function toPay(world: World, id: string): Open {
  return { id, ends: 'settled', end: async () => settled(world, id, await paid(world, id)) }
}
