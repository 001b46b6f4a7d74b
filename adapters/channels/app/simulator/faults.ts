import { z } from 'zod'
import { FAULT_FIELDS, Faults as Rules } from '../../../kit/simulator/faults.ts'

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
  ...FAULT_FIELDS,
  /** Only on this relay. */
  relay: z.string().optional(),
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

export class Faults extends Rules<Fault> {
  /** The first rule that befalls this on this relay, used up by one. */
  takeOn(relay: string, op: Fault['op'], key: string): Fault | undefined {
    return this.take(op, key, (fault) => (fault.relay ?? relay) === relay)
  }
}
