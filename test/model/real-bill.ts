import { randomUUID } from 'node:crypto'
import { expect } from '@jest/globals'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import type { BillModel, Seen } from './bill-model.ts'
import type { Answer, ModelStack } from './stack.ts'

/** A killed worker's activity is missed after ten seconds, its tasks after ten more, and the machine may be busy. */
const PATIENCE_MS = 120_000

interface BillBody {
  readonly status: string
  readonly paused: boolean
  readonly amounts: Readonly<Record<'paid' | 'refunded' | 'owed', { readonly amount: string }>>
  readonly deliveries: readonly { readonly id: string; readonly purpose: string; readonly state: string }[]
}

/** The same bill in the engine, as far as an institution sees it. */
export class RealBill {
  readonly stack: ModelStack
  readonly id: string
  readonly checkouts: string[] = []

  constructor(stack: ModelStack, id: string) {
    this.stack = stack
    this.id = id
  }

  static async issue(stack: ModelStack): Promise<RealBill> {
    const answer = await stack.ask('POST', '/v1/bills', {
      billNumber: randomUUID(),
      policy: 'bill',
      title: 'Bill',
      amount: { amount: '1000', currency: 'KRW' },
      citizen: { identifier: randomUUID(), name: '김하늘', language: 'ko', contacts: [{ channel: 'inbox', address: 'x@example.org' }] },
    })
    expect(answer.status).toBe(201)
    return new RealBill(stack, answer.body.id ?? '')
  }

  order(verb: string, body: object = { reason: 'x' }): Promise<Answer> {
    return this.stack.ask('POST', `/v1/bills/${this.id}/${verb}`, body)
  }

  async see(): Promise<Seen> {
    const { body } = await this.stack.ask('GET', `/v1/bills/${this.id}`)
    const { status, paused, amounts, deliveries } = body as unknown as BillBody
    const sent = (purpose: string): number =>
      deliveries.filter((delivery) => delivery.purpose === purpose && delivery.state === 'delivered').length
    return {
      status: ['received', 'issued', 'delivered'].includes(status) ? 'open' : (status as Seen['status']),
      paid: BigInt(amounts.paid.amount),
      refunded: BigInt(amounts.refunded.amount),
      owed: BigInt(amounts.owed.amount),
      paused,
      notices: sent('notice'),
      reminders: sent('reminder'),
    }
  }

  /** What was accepted shows at once; what follows of it is waited for. */
  async agrees(model: BillModel): Promise<void> {
    model.settle()
    const expected = model.view()
    let seen: Seen | undefined
    await eventually(
      'the bill is as the model has it',
      async () => {
        seen = await this.see()
        return this.#same(seen, expected) && (!model.up || (await this.#quiet())) ? true : undefined
      },
      model.up ? PATIENCE_MS : 5_000,
    ).catch(() => undefined)
    expect(seen).toEqual(expected)
  }

  /** The channel says again that it has delivered what it has. */
  async deliverAgain(): Promise<void> {
    const { sql, clock, engine } = this.stack.engine.root
    const rows = await sql<{ id: string }[]>`select id from deliveries where bill_id = ${this.id} and state = 'delivered'`
    for (const { id } of rows) {
      const wakes = await transaction(sql, (tx) =>
        recordReceipt(tx, id, { level: 'delivered', at: clock.now(), reference: id }, clock.now()),
      )
      await engine.wake(wakes)
    }
  }

  #same = (one: Seen, other: Seen): boolean => (Object.keys(other) as (keyof Seen)[]).every((name) => one[name] === other[name])

  /** Nothing of it is under way that a worker would do. */
  async #quiet(): Promise<boolean> {
    const [row] = await this.stack.engine.root.sql<{ busy: boolean }[]>`
      select exists (select from facts where bill_id = ${this.id} and applied_at is null)
        or exists (select from refunds where bill_id = ${this.id} and state in ('requested', 'submitted')) as busy`
    return row?.busy === false
  }
}
