import { z } from 'zod'
import { FAULT_FIELDS, Faults as Rules } from '../../../kit/simulator/faults.ts'
import type { Stamped } from './entries.ts'

export const API_OPS = ['session', 'payment', 'capture', 'cancel', 'refund', 'refundReport', 'settlement'] as const
export type ApiOp = (typeof API_OPS)[number]

const ANSWER_MODES = [
  'errorBefore',
  'errorAfterEffect',
  'hangAfterEffect',
  'slow',
  'rateLimit',
  'brokenBody',
  'htmlError',
  'wrongAmount',
  'drop',
] as const
const WEBHOOK_MODES = ['duplicate', 'late', 'reorder', 'drop', 'wrongSignature', 'brokenBody'] as const

/** Which fault can befall which operation; anything else is refused, so that no fault is believed in and never happens. */
export const faultSchema = z.union([
  z.strictObject({ op: z.enum(API_OPS), mode: z.enum(ANSWER_MODES), ...FAULT_FIELDS }),
  z.strictObject({ op: z.literal('capture'), mode: z.literal('decline'), ...FAULT_FIELDS }),
  z.strictObject({ op: z.literal('refund'), mode: z.enum(['decline', 'late']), ...FAULT_FIELDS }),
  z.strictObject({ op: z.literal('webhook'), mode: z.enum(WEBHOOK_MODES), ...FAULT_FIELDS }),
])

export type Fault = z.infer<typeof faultSchema>

/** Also how often each fault was really injected. The counts outlive a restart, the rules do not. */
export class Faults extends Rules<Fault> {
  readonly #injected = new Map<string, number>()

  /** Counts what the journal says was injected. */
  follow(entry: Stamped): void {
    if (entry.op === 'fault') this.#injected.set(entry.fault, (this.#injected.get(entry.fault) ?? 0) + 1)
  }

  report(): { rules: readonly Fault[]; injected: Record<string, number> } {
    return { rules: this.list(), injected: Object.fromEntries(this.#injected) }
  }
}
