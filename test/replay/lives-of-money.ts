import { ProviderError } from '../../domain/errors.ts'
import { approveRefund } from '../../store/commands/decide-refund.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { giveRefundAccount, payOutRefund, refuseRefundAccount } from '../../store/commands/refund-route.ts'
import { recordClaim } from '../../store/commands/take-back-payment.ts'
import { allocateExcess } from '../../store/commands/use-excess.ts'
import { setApproval } from '../../store/institutions/set-approval.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { capture, openPayment } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { bill, cancelled, checkout, delivered, heard, type Life, paid, settled } from './steps.ts'
import type { World } from './world.ts'

/** Lives in which money goes another way than from the citizen to the institution. */
export const livesOfMoney: Readonly<Record<string, Life>> = {
  'taken-back-by-the-bank': async (world) => {
    const { sql, clock } = world.engine.root
    const id = await delivered(world)
    const { checkoutId } = await paid(world, id)
    const [payment] = await sql<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`
    for (const state of ['disputed', 'reversed'] as const) {
      const claim = { state, reference: 'claim-1', at: clock.now() }
      await world.tell(transaction(sql, (tx) => recordClaim(tx, payment?.id ?? '', claim, clock.now())))
      await eventually(`the run has heard that the payment is ${state}`, () => heard(world, id))
    }
    await cancelled(world, id)
    return [bill(id)]
  },

  'refunded-by-transfer': async (world) => {
    const { sql, clock } = world.engine.root
    const id = await delivered(world)
    const { amount } = await paid(world, id)
    const refused = Object.assign(world.gateway, { refund: async () => ({ status: 'failed', code: 'card_gone' }) })
    const order = { billId: id, expected: amount, note: 'Paid for another car', cancelCharge: false, actor: 'test' }
    await world.tell(transaction(sql, async (tx) => (await refundBill(tx, order, clock.now())).wakes))
    const refundId = await refundIs(world, id, 'awaitingAccount')
    Reflect.deleteProperty(refused, 'refund')
    const given = { refundId, account: { bank: '004', number: '12345678', holder: 'somebody' }, actor: 'citizen' } as const
    const giveAccount = async (): Promise<void> => {
      await asked(world, id)
      await world.tell(transaction(sql, async (tx) => (await giveRefundAccount(tx, given, clock.now())).wakes))
      await refundIs(world, id, 'awaitingPayout')
      await resting(world, id)
    }
    await giveAccount()
    await world.tell(transaction(sql, async (tx) => (await refuseRefundAccount(tx, { refundId, actor: 'test' }, clock.now())).wakes))
    await giveAccount()
    const payout = { refundId, reference: `transfer-${refundId}`, paidAt: clock.now(), actor: 'test' }
    await world.tell(transaction(sql, async (tx) => (await payOutRefund(tx, payout, clock.now())).wakes))
    await eventually('the run has heard of the transfer', () => heard(world, id))
    await cancelled(world, id)
    return [bill(id)]
  },

  'refunded-by-two-people': async (world) => {
    const { sql, clock } = world.engine.root
    const id = await delivered(world)
    const { amount } = await paid(world, id)
    const [row] = await sql<{ institution_id: string }[]>`select institution_id from bills where id = ${id}`
    const rule = { institutionId: row?.institution_id ?? '', above: { minor: 1n, currency: 'KRW' }, actor: 'test' } as const
    await transaction(sql, (tx) => setApproval(tx, rule, clock.now()))
    const order = { billId: id, expected: amount, note: 'Paid for another car', cancelCharge: false, actor: 'key:first' }
    await world.tell(transaction(sql, async (tx) => (await refundBill(tx, order, clock.now())).wakes))
    const refundId = await refundIs(world, id, 'awaitingApproval')
    await world.tell(transaction(sql, async (tx) => (await approveRefund(tx, { refundId, actor: 'key:second' }, clock.now())).wakes))
    await refundIs(world, id, 'succeeded')
    await cancelled(world, id)
    return [bill(id)]
  },

  'paid-from-credit': async (world) => {
    const { other, id } = await paidTooLate(world, 'offset')
    await world.engine.root.engine.sweep([id])
    return [bill(id), await settled(world, id, other)]
  },

  'paid-from-what-was-held': async (world) => {
    const { sql, clock } = world.engine.root
    const { other, id } = await paidTooLate(world, 'hold')
    const [excess] = await sql<{ id: string }[]>`
      select e.id from excesses e join payments p on p.id = e.payment_id where p.checkout_id = ${other.checkoutId}`
    const order = { excessId: excess?.id ?? '', billId: id, actor: 'test' }
    await world.tell(transaction(sql, (tx) => allocateExcess(tx, order, clock.now())))
    return [bill(id), await settled(world, id, other)]
  },

  'checkout-refused': async (world) => {
    const id = await delivered(world)
    const openSession = () => Promise.reject(new ProviderError('permanent', 'closed', 'the gateway takes no payments'))
    Object.assign(world.gateway, { openSession })
    const { checkoutId } = await checkout(world, id)
    await world.closed(`checkout:${checkoutId}`)
    Reflect.deleteProperty(world.gateway, 'openSession')
    await cancelled(world, id)
    return [`checkout:${checkoutId}`, bill(id)]
  },

  'checkout-reported-twice-after-its-end': async (world) => {
    const { engine } = world.engine.root
    const id = await delivered(world)
    const { checkoutId } = await checkout(world, id)
    await engine.cancelCheckout(checkoutId)
    await world.closed(`checkout:${checkoutId}`)
    // The second report comes while the gateway is being asked because of the first.
    const again = async (key: string): ReturnType<World['gateway']['payment']> => {
      Reflect.deleteProperty(world.gateway, 'payment')
      await engine.reportCheckout(checkoutId)
      return world.gateway.payment(key)
    }
    Object.assign(world.gateway, { payment: again })
    await engine.reportCheckout(checkoutId)
    await eventually('the run after the end has asked and closed', async () => {
      const { count } = await world.engine.client.workflow.count(`WorkflowId = "checkout:${checkoutId}" and ExecutionStatus = "Completed"`)
      return count === 2 ? true : undefined
    })
    await cancelled(world, id)
    return [`checkout:${checkoutId}`]
  },
}

async function refundIs({ engine }: World, billId: string, state: string): Promise<string> {
  return eventually(`the refund is ${state}`, async () => {
    const [row] = await engine.root.sql<{ id: string }[]>`select id from refunds where bill_id = ${billId} and state = ${state}`
    return row?.id
  })
}

/** The citizen was asked for an account for each refusal there was. */
async function asked({ engine }: World, billId: string): Promise<void> {
  await eventually('the citizen is asked for an account', async () => {
    const [row] = await engine.root.sql<{ stage: string }[]>`
      select b.stage from bills b where b.id = ${billId}
        and exists (select from deliveries d where d.bill_id = b.id and d.purpose = 'refundAccount')
        and not exists (select from facts f where f.bill_id = b.id and f.applied_at is null)`
    return row
  })
}

/** The bill's run has read what came of its last step, and waits: what comes now has to wake it. */
async function resting({ engine }: World, billId: string): Promise<void> {
  await eventually('the run rests', async () => {
    const { raw } = await engine.client.workflow.getHandle(bill(billId)).describe()
    return (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask ? true : undefined
  })
}

/** A citizen's bill that was cancelled while its payment was under way, and another that the money would pay. */
async function paidTooLate(
  world: World,
  onExcess: 'hold' | 'offset',
): Promise<{ other: Awaited<ReturnType<typeof openPayment>>; id: string }> {
  const { engine, tell } = world
  const { sql, clock } = engine.root
  const institutionId = await engine.institution(`${onExcess}-${clock.now()}`, { ...quietPolicy, onExcess })
  const [first, id] = await Promise.all([11, 0].map((index) => engine.issue({ institutionId, citizen: `pays-${institutionId}`, index })))
  if (first === undefined || id === undefined) throw new Error('the bills were not made')
  for (const one of [first, id]) await engine.until(one, 'delivered')
  const other = await openPayment(engine.root, first)
  await tell(transaction(sql, (tx) => cancelBill(tx, { billId: first, reason: 'Issued by mistake', actor: 'test' }, clock.now())))
  await tell(capture(engine.root, other))
  return { other, id }
}
