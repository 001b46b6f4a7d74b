import { randomUUID } from 'node:crypto'
import type { Policy } from '../../domain/policy.ts'
import type { Money } from '../../domain/money.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { capture, openPayment, pay, receiveSettlement } from '../support/money.ts'
import { webhookLife } from './webhook-life.ts'
import type { World } from './world.ts'

/** Lives one bill through and answers the ids of the workflows that took part. */
type Life = (world: World) => Promise<readonly string[]>

/** Falls due, is reminded and handed back within seconds. */
const HURRIED: Partial<Policy> = {
  due: { from: 'issue', after: 'PT4S' },
  reminders: [
    { when: 'before', offset: 'PT2S' },
    { when: 'after', offset: 'PT1S' },
  ],
  handBackAfter: 'PT2S',
}
const TWO_CHANNELS: Pick<Policy, 'chain'> = {
  chain: [
    { channel: 'letterbox', wait: 'PT2S', until: 'delivered' },
    { channel: 'inbox', wait: 'PT24H', until: 'delivered' },
  ],
}

const bill = (id: string): string => `bill:${id}`

export const lives: Readonly<Record<string, Life>> = {
  'paid-and-settled': async (world) => {
    const id = await delivered(world)
    const payment = await paid(world, id)
    return [bill(id), await settled(world, id, payment)]
  },

  'reminded-and-handed-back': async (world) => {
    const id = await world.issue({ policy: HURRIED })
    await world.closed(bill(id))
    return [bill(id)]
  },

  'two-channels-and-a-late-receipt': async (world) => {
    const id = await world.issue({ policy: TWO_CHANNELS })
    await world.engine.until(id, 'delivered')
    const { root } = world.engine
    const [letter] = await root.sql<{ id: string }[]>`select id from deliveries where bill_id = ${id} and channel = 'letterbox'`
    const at = root.clock.now()
    await world.tell(transaction(root.sql, (tx) => recordReceipt(tx, letter?.id ?? '', { level: 'read', at, reference: 'letter' }, at)))
    await cancelled(world, id)
    return [bill(id)]
  },

  'unreachable-channel': async (world) => {
    world.letterbox.behaviour = 'unreachable'
    const id = await world.issue({ policy: TWO_CHANNELS })
    await world.engine.until(id, 'delivered')
    await cancelled(world, id)
    return [bill(id)]
  },

  'refused-by-a-channel': async (world) => {
    world.letterbox.behaviour = 'refuses'
    const id = await world.issue({ policy: TWO_CHANNELS })
    await world.engine.until(id, 'delivered')
    await cancelled(world, id)
    return [bill(id)]
  },

  'cancelled-while-a-send-is-tried-again': async (world) => {
    world.letterbox.behaviour = 'busy'
    const before = world.letterbox.attempts
    const id = await world.issue({ policy: TWO_CHANNELS })
    await eventually('the channel was tried', async () => (world.letterbox.attempts > before ? true : undefined))
    await cancelled(world, id)
    return [bill(id)]
  },

  cancelled: async (world) => {
    const id = await delivered(world)
    await cancelled(world, id)
    return [bill(id)]
  },

  'paused-and-resumed': async (world) => {
    const id = await delivered(world, HURRIED)
    const { sql, clock } = world.engine.root
    const order = { billId: id, reason: 'The citizen objected', actor: 'test' }
    await world.tell(transaction(sql, (tx) => pauseBill(tx, order, clock.now())))
    await eventually('the run has heard of the pause', () => heard(world, id))
    await world.tell(transaction(sql, (tx) => resumeBill(tx, order, clock.now())))
    await world.closed(bill(id))
    return [bill(id)]
  },

  'paid-twice': async (world) => {
    const { root } = world.engine
    const id = await delivered(world)
    const first = await openPayment(root, id)
    await world.tell(transaction(root.sql, (tx) => endCheckout(tx, first.checkoutId, 'expire', { now: root.clock.now() })))
    const second = await paid(world, id)
    await world.tell(capture(root, first))
    await refunded(world, id)
    return [bill(id), await settled(world, id, second)]
  },

  'reopened-by-a-late-payment': async (world) => {
    const id = await delivered(world)
    const payment = await openPayment(world.engine.root, id)
    await cancelled(world, id)
    await world.tell(capture(world.engine.root, payment))
    await refunded(world, id)
    await world.closed(bill(id))
    return [bill(id)]
  },

  'notice-without-money': async (world) => {
    const id = await world.issue({ asksMoney: false })
    await world.closed(bill(id))
    return [bill(id)]
  },

  'overdue-then-paid': async (world) => {
    const id = await world.issue({ policy: { ...HURRIED, handBackAfter: 'P60D' } })
    await world.engine.until(id, 'overdue')
    const payment = await paid(world, id)
    return [bill(id), await settled(world, id, payment)]
  },

  'settled-late': async (world) => {
    const id = await delivered(world, { settlement: { within: 'PT1S', askEvery: 'PT1S', exceptionAfter: 'PT4S' } })
    const payment = await paid(world, id)
    await eventually('a person is asked', () => excepted(world, id))
    return [bill(id), await settled(world, id, payment)]
  },

  'checkout-paid': async (world) => {
    const id = await delivered(world)
    const { checkoutId } = await checkout(world, id)
    world.gateway.authorize(checkoutId)
    await world.engine.root.engine.reportCheckout(checkoutId)
    await world.closed(`checkout:${checkoutId}`)
    const amount = { minor: 12_500n, currency: 'KRW' } as const
    return [`checkout:${checkoutId}`, bill(id), await settled(world, id, { checkoutId, amount })]
  },

  'checkout-expired': async (world) => {
    const id = await delivered(world, { checkout: { expiresAfter: 'PT3S', askEvery: 'PT1S' } })
    const { checkoutId } = await checkout(world, id)
    await world.closed(`checkout:${checkoutId}`)
    await cancelled(world, id)
    return [`checkout:${checkoutId}`, bill(id)]
  },

  'checkout-cancelled': async (world) => {
    const id = await delivered(world)
    const { checkoutId } = await checkout(world, id)
    await world.engine.root.engine.cancelCheckout(checkoutId)
    await cancelled(world, id)
    return [`checkout:${checkoutId}`, bill(id)]
  },

  'statement-with-an-exception': async (world) => {
    const id = await delivered(world)
    const payment = await paid(world, id)
    const stranger = { checkoutId: 'nobody-knows', amount: payment.amount }
    const statementId = await receiveSettlement(world.engine.root, [payment, stranger])
    await world.engine.root.engine.postStatement(statementId)
    await world.closed(`statement:${statementId}`)
    await world.closed(bill(id))
    return [`statement:${statementId}`, bill(id)]
  },

  webhooks: webhookLife,

  sweep: async (world) => {
    const workflowId = `sweep:${randomUUID()}`
    await world.engine.client.workflow.start('sweep', { workflowId, taskQueue: world.engine.root.config.GOJI_TASK_QUEUE, args: [] })
    await world.closed(workflowId)
    return [workflowId]
  },
}

async function delivered(world: World, policy: Partial<Policy> = {}): Promise<string> {
  world.letterbox.behaviour = 'accepts'
  const id = await world.issue({ policy })
  await world.engine.until(id, 'delivered')
  return id
}

interface Paid {
  readonly checkoutId: string
  readonly amount: Money
}

async function paid(world: World, id: string): Promise<Paid> {
  const { wakes, ...payment } = await pay(world.engine.root, id)
  await world.tell(Promise.resolve(wakes))
  return payment
}

async function settled(world: World, id: string, payment: Paid): Promise<string> {
  const statementId = await receiveSettlement(world.engine.root, [payment])
  await world.engine.root.engine.postStatement(statementId)
  await world.closed(`statement:${statementId}`)
  await world.closed(bill(id))
  return `statement:${statementId}`
}

async function cancelled(world: World, id: string): Promise<void> {
  const { sql, clock } = world.engine.root
  await world.tell(transaction(sql, (tx) => cancelBill(tx, { billId: id, reason: 'Issued by mistake', actor: 'test' }, clock.now())))
  await world.closed(bill(id))
}

async function refunded(world: World, id: string): Promise<void> {
  await eventually('the money went back', async () => {
    const [row] = await world.engine.root.sql<{ state: string }[]>`select state from refunds where bill_id = ${id}`
    return row?.state === 'succeeded' ? true : undefined
  })
}

async function checkout(world: World, id: string): Promise<{ checkoutId: string }> {
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
async function heard({ engine }: World, id: string): Promise<true | undefined> {
  const [row] = await engine.root.sql<{ open: bigint }[]>`select count(*) as open from facts where bill_id = ${id} and applied_at is null`
  return row?.open === 0n ? true : undefined
}

async function excepted({ engine }: World, id: string): Promise<true | undefined> {
  const [row] = await engine.root.sql<{ exception_open: boolean }[]>`select exception_open from bills where id = ${id}`
  return row?.exception_open ? true : undefined
}
