import { z } from 'zod'
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

const common = {
  /** Only for requests about this key. */
  key: z.string().min(1).optional(),
  /** How often; 1 unless a probability is given. */
  times: z.int().min(1).optional(),
  /** Drawn from the seeded generator for each request; such a rule stays until it is deleted. */
  probability: z.number().gt(0).max(1).optional(),
  delayMs: z.int().min(0).max(3_600_000).optional(),
}

/** Which fault can befall which operation; anything else is refused, so that no fault is believed in and never happens. */
export const faultSchema = z.union([
  z.strictObject({ op: z.enum(API_OPS), mode: z.enum(ANSWER_MODES), ...common }),
  z.strictObject({ op: z.literal('capture'), mode: z.literal('decline'), ...common }),
  z.strictObject({ op: z.literal('refund'), mode: z.enum(['decline', 'late']), ...common }),
  z.strictObject({ op: z.literal('webhook'), mode: z.enum(WEBHOOK_MODES), ...common }),
])

export type Fault = z.infer<typeof faultSchema>

interface Rule {
  readonly fault: Fault
  left: number
}

/** The faults that were asked for, and how often each was really injected. The counts outlive a restart, the rules do not. */
export class Faults {
  readonly #random: () => number
  readonly #injected = new Map<string, number>()
  #rules: Rule[] = []

  constructor(seed: number) {
    this.#random = generator(seed)
  }

  add(faults: readonly Fault[]): void {
    for (const fault of faults) this.#rules.push({ fault, left: fault.times ?? (fault.probability === undefined ? 1 : Infinity) })
  }

  clear(): void {
    this.#rules = []
  }

  /** The first rule that befalls this request, used up by one; the caller records it. */
  take(op: Fault['op'], key: string): Fault | undefined {
    for (const rule of this.#rules) {
      const { fault } = rule
      if (fault.op !== op || (fault.key !== undefined && fault.key !== key)) continue
      if (fault.probability !== undefined && this.#random() >= fault.probability) continue
      rule.left -= 1
      if (rule.left <= 0) this.#rules = this.#rules.filter((other) => other !== rule)
      return fault
    }
    return undefined
  }

  /** Counts what the journal says was injected. */
  follow(entry: Stamped): void {
    if (entry.op === 'fault') this.#injected.set(entry.fault, (this.#injected.get(entry.fault) ?? 0) + 1)
  }

  report(): { rules: Fault[]; injected: Record<string, number> } {
    return { rules: this.#rules.map((rule) => rule.fault), injected: Object.fromEntries(this.#injected) }
  }
}

/** mulberry32: small, and the same seed gives the same faults for the same order of requests. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
