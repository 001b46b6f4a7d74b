import type { DeliveryPurpose } from './bill.ts'

/** Where a bill's life stands; operators search by it. One file per stage in `workflows/bill`. */
export const STAGES = ['issue', 'deliver', 'remind', 'pay', 'reconcile', 'refund', 'closed'] as const
export type Stage = (typeof STAGES)[number]

/** What is to be done. `key` is stable and unique within the bill: the same key is the same effect. */
export type Step =
  | {
      readonly kind:
        | 'issue'
        | 'fallDue'
        | 'surcharge'
        | 'conclude'
        | 'handBack'
        | 'expire'
        | 'endCheckout'
        | 'askSettlement'
        | 'openException'
        | 'askAboutReturn'
        | 'useCredit'
      readonly key: string
    }
  | { readonly kind: 'send'; readonly key: string; readonly purpose: DeliveryPurpose; readonly channel: string }
  /** `delivery` is the key of what is taken back. */
  | { readonly kind: 'recall'; readonly key: string; readonly delivery: string; readonly channel: string }
  | { readonly kind: 'refund'; readonly key: string; readonly refundId: string }

/** A step with its time (milliseconds). `at` null: nothing happens by itself, only a signal can move the bill. */
export interface Candidate {
  readonly stage: Stage
  readonly step: Step | null
  readonly at: number | null
}

/** The earliest of several; on a tie the one named first. A candidate without a time comes last. */
export const earliest = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.reduce<Candidate | undefined>(
    (best, one) => (best === undefined || (one.at ?? Infinity) < (best.at ?? Infinity) ? one : best),
    undefined,
  )
