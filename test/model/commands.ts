import { expect } from '@jest/globals'
import fc from 'fast-check'
import { eventually } from '../support/eventually.ts'
import type { BillModel } from './bill-model.ts'
import type { RealBill } from './real-bill.ts'
import type { Answer } from './stack.ts'

type Command = fc.AsyncCommand<BillModel, RealBill>
const STEP_DAYS = 8

/** How often each command was carried out. */
export const done = new Map<string, number>()

/** A command that is always compared with the model afterwards. */
function command(name: string, may: (model: BillModel) => boolean, work: (model: BillModel, real: RealBill) => Promise<void>): Command {
  return {
    check: (model) => may(model),
    run: async (model, real) => {
      await work(model, real)
      await real.agrees(model)
      done.set(name, (done.get(name) ?? 0) + 1)
    },
    toString: () => name,
  }
}

/** The answer has to be `done`, or a refusal with this code. */
const expectAnswer = ({ status, body }: Answer, done: number, refusal: string | null): void =>
  expect(refusal === null ? status : { status, code: body.code }).toEqual(refusal === null ? done : { status: 409, code: refusal })

const closed = (model: BillModel, paid: string | null): string | null => (model.cancelled ? 'bill_closed' : model.owed === 0n ? paid : null)

type Moment = 'alive' | 'killed before the webhook' | 'killed after the capture'

/** A citizen pays all that is owed; the worker may die on the way, between the gateway's deed and our record. */
const pay = (moment: Moment): Command =>
  command(
    `pay(${moment})`,
    (model) => model.up,
    async (model, real) => {
      const { stack } = real
      const answer = await stack.ask('POST', '/v1/checkouts', { bills: [real.id], language: 'ko' })
      expectAnswer(answer, 201, model.open ? null : 'bill_not_payable')
      if (!model.open) return
      const key = answer.body.id ?? ''
      const { driver } = stack.gateway
      if (moment === 'killed after the capture') await driver.fault(key, 'capture', 'hangAfterEffect')
      expect(await driver.authorize(key, 'card')).toBe(true)
      const [webhook] = await driver.webhooks(key, 1)
      model.authorized = model.owed
      model.payments += 1
      real.checkouts.push(key)
      if (moment === 'killed before the webhook') await kill(model, real)
      if (webhook) expect(await stack.bring(webhook)).toEqual({ status: 200, result: 'recorded' })
      if (moment !== 'killed after the capture') return
      await eventually('the gateway has captured', async () =>
        (await driver.journal()).some((line) => line.key === key) ? true : undefined,
      )
      await kill(model, real)
    },
  )

async function kill(model: BillModel, real: RealBill): Promise<void> {
  await real.stack.killWorker()
  model.up = false
}

/** The webhook of the last payment's authorization comes again. */
const duplicate = command(
  'duplicate webhook',
  (model) => model.payments > 0,
  async (_, real) => {
    const [webhook] = await real.stack.gateway.driver.webhooks(real.checkouts.at(-1) ?? '', 1)
    if (webhook) expect(await real.stack.bring(webhook)).toEqual({ status: 200, result: 'duplicate' })
  },
)

/** The first payment's capture is told of only now, whatever has become of the bill since. */
const late = command(
  'late webhook',
  (model) => model.up && model.payments > 0,
  async (model, real) => {
    const [, webhook] = await real.stack.gateway.driver.webhooks(real.checkouts[0] ?? '', 2)
    if (webhook) expect(await real.stack.bring(webhook)).toEqual({ status: 200, result: model.toldLate ? 'duplicate' : 'recorded' })
    model.toldLate = true
  },
)

type Size = number | 'all' | 'one too much'

/** A part in percent of what can be refunded, all of it, or more. */
const refund = (size: Size, cancelCharge: boolean): Command =>
  command(
    `refund(${typeof size === 'number' ? `${size} %` : size}${cancelCharge ? ', and cancel the charge' : ''})`,
    // That nothing can be refunded yet is asked by one kind: the others would ask the same.
    (model) => size === 'all' || model.refundable > 0n,
    async (model, real) => {
      const krw = (amount: bigint) => ({ amount: String(amount), currency: 'KRW' })
      const { refundable } = model
      const parts = typeof size === 'number' ? (refundable * BigInt(size)) / 100n : size === 'all' ? refundable : refundable + 1n
      const minor = parts > 0n ? parts : 1n
      const answer = await real.order('refunds', { amount: krw(minor), expectedRefundable: krw(refundable), reason: 'x', cancelCharge })
      const refusal = refundable === 0n ? 'nothing_to_refund' : minor > refundable ? 'amount_above_refundable' : null
      expectAnswer(answer, 201, refusal)
      if (refusal === null) model.asked.push({ minor, cancelCharge })
    },
  )
const refunds = (size: fc.Arbitrary<Size>): fc.Arbitrary<Command> =>
  fc.record({ size, cancelCharge: fc.boolean() }).map((order) => refund(order.size, order.cancelCharge))

const one = (made: Command): fc.Arbitrary<Command> => fc.constant(made)

const restart = command(
  'restart',
  (model) => !model.up,
  async (model, real) => {
    await real.stack.startWorker()
    model.up = true
  },
)

export const commands: fc.Arbitrary<Command>[] = [
  fc.constantFrom<Moment>('alive', 'alive', 'alive', 'killed before the webhook', 'killed after the capture').map(pay),
  one(pay('alive')),
  one(pay('alive')),
  one(duplicate),
  one(late),
  refunds(fc.integer({ min: 1, max: 99 })),
  refunds(fc.integer({ min: 1, max: 99 })),
  refunds(fc.constant<Size>('all')),
  refunds(fc.constant<Size>('one too much')),
  one(
    command(
      'cancel',
      () => true,
      async (model, real) => {
        const refusal = closed(model, 'bill_paid')
        expectAnswer(await real.order('cancel'), 200, refusal)
        if (refusal === null) model.cancel()
      },
    ),
  ),
  one(
    command(
      'pause',
      () => true,
      async (model, real) => {
        const refusal = closed(model, null) ?? (model.paused ? 'bill_paused' : null)
        expectAnswer(await real.order('pause'), 200, refusal)
        if (refusal === null) model.paused = true
      },
    ),
  ),
  one(
    command(
      'resume',
      () => true,
      async (model, real) => {
        const refusal = model.paused && !model.cancelled ? null : 'bill_not_paused'
        expectAnswer(await real.order('resume'), 200, refusal)
        if (refusal === null) model.paused = false
      },
    ),
  ),
  one(
    command(
      `remind: ${STEP_DAYS} days pass`,
      (model) => model.up && model.open && model.days + STEP_DAYS < 30,
      async (model, real) => {
        await real.stack.pass(real.id, STEP_DAYS)
        if (!model.paused) model.days += STEP_DAYS
      },
    ),
  ),
  one(
    command(
      'deliver again',
      (model) => model.notices > 0,
      (_, real) => real.deliverAgain(),
    ),
  ),
  one(command('kill the worker', (model) => model.up, kill)),
  one(restart),
  one(restart),
]
