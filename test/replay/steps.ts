import type { Money } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import type { World } from './world.ts'

/** Lives one bill through and answers the ids of the workflows that took part. */
export type Life = (world: World) => Promise<readonly string[]>

/** Falls due, is reminded and handed back within seconds. */
export const HURRIED: Partial<Policy> = {
  due: { from: 'issue', after: 'PT4S' },
  reminders: [
    { when: 'before', offset: 'PT2S' },
    { when: 'after', offset: 'PT1S' },
  ],
  handBackAfter: 'PT2S',
}

export const bill = (id: string): string => `bill:${id}`

export async function delivered(world: World, policy: Partial<Policy> = {}): Promise<string> {
  world.letterbox.behaviour = 'accepts'
  const id = await world.issue({ policy })
  await world.engine.until(id, 'delivered')
  return id
}

interface Paid {
  readonly checkoutId: string
  readonly amount: Money
}

export async function paid(world: World, id: string): Promise<Paid> {
  const { wakes, ...payment } = await pay(world.engine.root, id)
  await world.tell(Promise.resolve(wakes))
  return payment
}

export async function settled(world: World, id: string, payment: Paid): Promise<string> {
  const statementId = await receiveSettlement(world.engine.root, [payment])
  await world.engine.root.engine.postStatement(statementId)
  await world.closed(`statement:${statementId}`)
  await world.closed(bill(id))
  return `statement:${statementId}`
}

export async function cancelled(world: World, id: string): Promise<void> {
  const { sql, clock } = world.engine.root
  await world.tell(transaction(sql, (tx) => cancelBill(tx, { billId: id, reason: 'Issued by mistake', actor: 'test' }, clock.now())))
  await world.closed(bill(id))
}

export async function refunded(world: World, id: string): Promise<void> {
  await eventually('the money went back', async () => {
    const [row] = await world.engine.root.sql<{ state: string }[]>`select state from refunds where bill_id = ${id}`
    return row?.state === 'succeeded' ? true : undefined
  })
}

export async function checkout(world: World, id: string): Promise<{ checkoutId: string }> {
  const { engine, gateway } = world
  return startCheckout(engine.root, {
    citizenId: await engine.citizenOf(id),
    billIds: [id],
    gateway: gateway.name,
    language: 'ko',
    returnPath: '/',
    actor: 'test',
  })
}

/** Every fact of the bill has been read by its run. */
export async function heard({ engine }: World, id: string): Promise<true | undefined> {
  const [row] = await engine.root.sql<{ open: bigint }[]>`select count(*) as open from facts where bill_id = ${id} and applied_at is null`
  return row?.open === 0n ? true : undefined
}

export async function excepted({ engine }: World, id: string): Promise<true | undefined> {
  const [row] = await engine.root.sql<{ exception_open: boolean }[]>`select exception_open from bills where id = ${id}`
  return row?.exception_open ? true : undefined
}
