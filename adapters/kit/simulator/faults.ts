import { z } from 'zod'

/** What can befall a request, whatever it is about. Any other mode is the simulator's own, and it is handed to its handler. */
export const ANSWER_MODES = [
  'errorBefore',
  'htmlError',
  'rateLimit',
  'unavailable',
  'slow',
  'errorAfterEffect',
  'hangAfterEffect',
  'drop',
  'brokenBody',
  'hugeBody',
  'patch',
] as const
const WEBHOOK_MODES = ['duplicate', 'late', 'drop', 'wrongSignature'] as const

/** What a rule may say beside what befalls what. */
export const FAULT_FIELDS = {
  /** Only for this key. */
  key: z.string().min(1).optional(),
  /** How often; 1 unless a probability is given. */
  times: z.int().min(1).optional(),
  /** Drawn for each request; such a rule stays until it is deleted. */
  probability: z.number().gt(0).max(1).optional(),
  delayMs: z.int().min(0).max(3_600_000).optional(),
}

const faultSchema = z.strictObject({
  /** The route's name, or `webhook`. */
  op: z.string(),
  mode: z.string(),
  ...FAULT_FIELDS,
  /** With `patch`: fields of the answer that are replaced. */
  patch: z.record(z.string(), z.unknown()).optional(),
})
export type Fault = z.infer<typeof faultSchema>

/** A list of faults, refused where one could never happen. @param own The modes of each route beyond those of all. */
export const faultList = (own: Readonly<Record<string, readonly string[]>>) =>
  z
    .array(
      faultSchema.refine(({ op, mode }) =>
        op === 'webhook'
          ? (WEBHOOK_MODES as readonly string[]).includes(mode)
          : Object.hasOwn(own, op) && [...ANSWER_MODES, ...(own[op] ?? [])].includes(mode),
      ),
    )
    .max(100)

interface Rule<F> {
  readonly fault: F
  left: number
}

/** The faults that were asked for. They are gone after a restart; what was injected stands in the journal. */
export class Faults<F extends Pick<Fault, 'op' | keyof typeof FAULT_FIELDS> = Fault> {
  readonly #random: () => number
  #rules: Rule<F>[] = []

  constructor(seed: number) {
    this.#random = generator(seed)
  }

  add(faults: readonly F[]): void {
    for (const fault of faults) this.#rules.push({ fault, left: fault.times ?? (fault.probability === undefined ? 1 : Infinity) })
  }

  clear(): void {
    this.#rules = []
  }

  list(): readonly F[] {
    return this.#rules.map(({ fault }) => fault)
  }

  /** The first rule that befalls this, used up by one; the caller records it. `befalls` asks what else a rule says. */
  take(op: F['op'], key: string, befalls: (fault: F) => boolean = () => true): F | undefined {
    for (const rule of this.#rules) {
      const { fault } = rule
      if (fault.op !== op || (fault.key ?? key) !== key || !befalls(fault)) continue
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
