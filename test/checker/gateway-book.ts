import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Currency } from '../../domain/currencies.ts'
import { money } from '../../domain/money.ts'
import type { SettlementFile } from '../../domain/ports/gateway.ts'

interface Movement {
  readonly kind: 'payment' | 'refund'
  readonly key: string
  readonly reference: string
  readonly minor: bigint
  readonly currency: Currency
}

/** A gateway that does what a test says and keeps its own journal, in the words of the real one. */
export class GatewayBook {
  readonly entries: Record<string, unknown>[] = [{ seq: 1, at: 0, op: 'opened', journal: 'test' }]
  #unsettled: Movement[] = []

  capture(capture: { key: string; reference: string; minor: bigint; currency: Currency; paidAt: number }): void {
    const { key, reference, minor, currency, paidAt } = capture
    this.#add({ op: 'capture', key, reference, amountMinor: String(minor), currency, method: 'card', paidAt }, paidAt)
    this.#unsettled.push({ kind: 'payment', key, reference, minor, currency })
  }

  refund(refund: { key: string; reference: string; paymentKey: string; minor: bigint; currency: Currency; at: number }): void {
    const { key, reference, paymentKey, minor, currency, at } = refund
    this.#add({ op: 'refund', key, reference, paymentKey, amountMinor: String(minor), currency, reason: 'test' }, at)
    this.#unsettled.push({ kind: 'refund', key, reference, minor: -minor, currency })
  }

  /** What the card scheme or the bank takes of a payment: in the next file it is a movement like a refund. */
  takeBack(claim: { key: string; reference: string; minor: bigint; currency: Currency; at: number }): void {
    const { key, reference, minor, currency, at } = claim
    this.#add({ op: 'claim', key, reference, amountMinor: String(minor), currency, state: 'REVERSED' }, at)
    this.#unsettled.push({ kind: 'refund', key: `claim:${key}`, reference, minor: -minor, currency })
  }

  /** The end of day: all that is unsettled in one file; null where nothing is. */
  settle(at: number, fee: (minor: bigint) => bigint = (minor) => (minor * 15n) / 1000n): { file: SettlementFile; content: string } | null {
    if (this.#unsettled.length === 0) return null
    const name = randomUUID()
    const lines = this.#unsettled.map((movement, index) => {
      const cost = movement.kind === 'payment' ? fee(movement.minor) : 0n
      return { ...movement, lineReference: `${name}_${index + 1}`, cost, net: movement.minor - cost }
    })
    this.#unsettled = []
    const content = `a file of ${lines.length} lines named ${name}`
    const journal = lines.map(({ lineReference, kind, key, reference, minor, currency, cost, net }) => ({
      lineReference,
      kind,
      key,
      reference,
      amountMinor: String(minor),
      currency,
      feeMinor: String(cost),
      netMinor: String(net),
    }))
    this.#add({ op: 'settlement', name, lines: journal, text: content }, at)
    const parsed = lines.map(({ lineReference, kind, reference, minor, currency, cost, net }) => ({
      lineReference,
      kind,
      reference,
      gross: money(minor, currency),
      fee: money(cost, currency),
      net: money(net, currency),
      settledAt: at,
    }))
    return { file: { name, lines: parsed }, content }
  }

  async write(path: string, entries: readonly Record<string, unknown>[] = this.entries): Promise<void> {
    await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  }

  #add(entry: Record<string, unknown>, at: number): void {
    this.entries.push({ seq: this.entries.length + 1, at, ...entry })
  }
}
