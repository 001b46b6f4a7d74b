import { z } from 'zod'
import { type GojiError, invalid } from '../../../domain/errors.ts'
import { money } from '../../../domain/money.ts'
import type { SettlementFile, SettlementLine } from '../../../domain/ports/gateway.ts'

const PREFIX = 'toss-payout-'
const whole = z.int().min(-9_000_000_000_000).max(9_000_000_000_000)
const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)

/** What is kept of one record of a settlement: what is needed to book it, and no card's number. */
const record = z.object({
  transactionKey: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  orderId: z.string().regex(/^[A-Za-z0-9_-]{6,64}$/),
  currency: z.literal('KRW'),
  amount: whole,
  fees: z.array(z.object({ type: z.string().max(40), fee: whole })).max(20),
  payOutAmount: whole,
  paidOutDate: day,
  cancel: z
    .object({ cancelAmount: whole })
    .nullish()
    .transform((value) => value ?? null),
})
export const records = z.array(record).max(1_000_000)
type Record_ = z.infer<typeof record>

const file = z.strictObject({ name: z.string().startsWith(PREFIX), count: z.int().min(1), settlements: records })

/** Toss Payments has records of each payout day and no files: a file is a finished day's records, in their own order. */
export const fileName = (paidOutDate: string): string => `${PREFIX}${paidOutDate}`
/** Null where it is no name of such a file. */
export const dayOf = (name: string): string | null =>
  name.startsWith(PREFIX) ? (day.safeParse(name.slice(PREFIX.length)).data ?? null) : null

/** The text of a day's file: the same for the same records, in one line, so that a cut or doubled one is no JSON. */
export const fileText = (name: string, settlements: readonly Record_[]): string =>
  JSON.stringify({ name, count: settlements.length, settlements })

/** @throws GojiError `statement_malformed`, naming the line; nothing of such a file is used. */
export function parseSettlement(text: string): SettlementFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw malformed(1, 'the file is no JSON to its end; ask for it again')
  }
  const result = file.safeParse(json)
  if (!result.success) {
    const [, index] = result.error.issues[0]?.path ?? []
    throw malformed(typeof index === 'number' ? index + 1 : 1, result.error.issues[0]?.path.join('.') ?? 'it is no file of payouts')
  }
  const { name, count, settlements } = result.data
  if (count !== settlements.length) throw malformed(settlements.length, 'the file does not have as many lines as it says')
  const seen = new Set<string>()
  const lines = settlements.map((one, index) => {
    if (fileName(one.paidOutDate) !== name) throw malformed(index + 1, 'it is of another day')
    if (seen.has(one.transactionKey)) throw malformed(index + 1, 'its transaction was there before')
    seen.add(one.transactionKey)
    return lineOf(one, index + 1)
  })
  return { name, lines }
}

function lineOf(one: Record_, line: number): SettlementLine {
  const fee = one.fees.reduce((sum, { fee }) => sum + BigInt(fee), 0n)
  const gross = BigInt(one.amount)
  if (gross - fee !== BigInt(one.payOutAmount)) throw malformed(line, 'the amount less the fees is not what is paid out')
  if (one.cancel !== null && gross > 0n) throw malformed(line, 'a cancellation brings no money in')
  return {
    lineReference: one.transactionKey,
    kind: one.cancel === null ? 'payment' : 'refund',
    reference: one.cancel === null ? one.orderId : one.transactionKey,
    gross: money(gross, 'KRW'),
    fee: money(fee, 'KRW'),
    net: money(BigInt(one.payOutAmount), 'KRW'),
    settledAt: Date.parse(`${one.paidOutDate}T00:00:00+09:00`),
  }
}

const malformed = (line: number, what: string): GojiError =>
  invalid('statement_malformed', `Line ${line} of the settlement file is wrong: ${what}.`, `/lines/${line}`)
