import { z } from 'zod'
import { type Candidate, STAGES, type Step } from '../../domain/step.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

/** Codes of what a bill will do, which a client puts into words of its own. */
const STEP_CODES = {
  issue: 'willBeIssued',
  send: 'noticeWillBeSent',
  reminder: 'reminderWillBeSent',
  fallDue: 'willFallDue',
  surcharge: 'surchargeWillBeAdded',
  conclude: 'willConclude',
  handBack: 'willBeHandedBack',
  expire: 'willExpire',
  endCheckout: 'paymentPageWillEnd',
  askSettlement: 'settlementWillBeAskedFor',
  openException: 'somebodyWillLook',
  askAboutReturn: 'somebodyWillBeAsked',
  recall: 'noticeWillBeTakenBack',
  refund: 'moneyWillGoBack',
  refundAccount: 'refundAccountWillBeAskedFor',
  useCredit: 'creditWillBeUsed',
} as const
/** Codes of what a bill waits for when nothing happens by itself. */
const WAITING_CODES = ['closed', 'paused', 'waitsForSettlement', 'waitsForPayment'] as const

const codes = z.enum([...Object.values(STEP_CODES), ...WAITING_CODES])

export const nextSchema = z
  .strictObject({
    code: codes.meta({ description: 'A stable word for what happens, or for what the bill waits for.' }),
    stage: z.enum(STAGES),
    at: time.nullable().meta({ description: 'Null when only something from outside can move the bill.' }),
    channel: z.string().nullable(),
    key: z.string().nullable().meta({ description: 'The step within the bill: the same key is the same effect.' }),
  })
  .meta({ id: 'NextStep' })

const codeOf = (step: Step): string => STEP_CODES[step.kind === 'send' && step.purpose !== 'notice' ? step.purpose : step.kind]

const channelOf = (step: Step): string | null => (step.kind === 'send' || step.kind === 'recall' ? step.channel : null)

/** A step with its date, for the forecast. */
export const stepView = ({ at, stage, step }: { at: number; stage: Candidate['stage']; step: Step }): object => ({
  code: codeOf(step),
  stage,
  at: toIso(at),
  channel: channelOf(step),
  key: step.key,
})

/** What the plan says now. A step that is overdue for a moment has its own date, not a later one. */
export function nextView({ stage, step, at }: Candidate, paused: boolean): object {
  if (step === null || at === null) {
    const code = stage === 'closed' ? 'closed' : paused ? 'paused' : stage === 'reconcile' ? 'waitsForSettlement' : 'waitsForPayment'
    return { code, stage, at: null, channel: null, key: null }
  }
  return { code: codeOf(step), stage, at: toIsoOrNull(at), channel: channelOf(step), key: step.key }
}
