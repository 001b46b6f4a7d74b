import { randomUUID } from 'node:crypto'
import type { Policy } from '../../domain/policy.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { capture, openPayment, receiveSettlement } from '../support/money.ts'
import { batchLife } from './batch-life.ts'
import { livesOfLetters } from './lives-of-letters.ts'
import { livesOfMoney } from './lives-of-money.ts'
import { livesOfOrders } from './lives-of-orders.ts'
import { livesOfRestores } from './lives-of-restores.ts'
import { bill, cancelled, checkout, delivered, excepted, heard, HURRIED, type Life, paid, refunded, settled } from './steps.ts'
import { webhookLife } from './webhook-life.ts'

const TWO_CHANNELS: Pick<Policy, 'chain'> = {
  chain: [
    { channel: 'letterbox', wait: 'PT2S', until: 'delivered' },
    { channel: 'inbox', wait: 'PT24H', until: 'delivered' },
  ],
}

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

  'batch-issued-and-undone': batchLife,

  ...livesOfOrders,
  ...livesOfRestores,
  ...livesOfLetters,
  ...livesOfMoney,
}
