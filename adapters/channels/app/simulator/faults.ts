import { z } from 'zod'

const ANSWER_MODES = [
  'errorBefore',
  'errorAfterEffect',
  'hangAfterEffect',
  'slow',
  'rateLimit',
  'unavailable',
  'brokenBody',
  'htmlError',
  'drop',
] as const
const WEBHOOK_MODES = ['duplicate', 'late', 'drop', 'wrongSignature'] as const

const common = {
  /** Only on this relay. */
  relay: z.string().optional(),
  /** Only for this key. */
  key: z.string().optional(),
  /** How often; 1 unless a probability is given. */
  times: z.int().min(1).optional(),
  /** Drawn for each request; such a rule stays until it is deleted. */
  probability: z.number().gt(0).max(1).optional(),
  delayMs: z.int().min(0).max(3_600_000).optional(),
}

/** Which fault can befall what; anything else is refused, so that no fault is believed in and never happens. */
export const faultList = z
  .array(
    z.union([
      z.strictObject({ op: z.enum(['reachability', 'delivery', 'inquiry']), mode: z.enum(ANSWER_MODES), ...common }),
      z.strictObject({ op: z.literal('webhook'), mode: z.enum(WEBHOOK_MODES), ...common }),
    ]),
  )
  .max(100)

export type Fault = z.infer<typeof faultList>[number]

interface Rule {
  readonly fault: Fault
  left: number
}

/** The faults that were asked for. They are gone after a restart; what was injected stands in the journal. */
export class Faults {
  readonly #random: () => number
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

  list(): readonly Fault[] {
    return this.#rules.map((rule) => rule.fault)
  }

  /** The first rule that befalls this request, used up by one. */
  take(op: Fault['op'], relay: string, key: string): Fault | undefined {
    for (const rule of this.#rules) {
      const { fault } = rule
      if (fault.op !== op || (fault.relay ?? relay) !== relay || (fault.key ?? key) !== key) continue
      if (fault.probability !== undefined && this.#random() >= fault.probability) continue
      rule.left -= 1
      if (rule.left <= 0) this.#rules = this.#rules.filter((other) => other !== rule)
      return fault
    }
    return undefined
  }
}

/** mulberry32: small, and the same seed gives the same faults for the same order of requests. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
