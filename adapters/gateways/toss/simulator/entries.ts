/** What can happen at the simulated Toss Payments. Amounts are decimal strings of won; `orderId` is the merchant's. */
export type Entry =
  | {
      readonly op: 'created'
      readonly orderId: string
      readonly paymentKey: string
      readonly amount: string
      readonly orderName: string
      readonly method: string
      readonly returnUrl: string
      readonly dueDate: string | undefined
    }
  /** The citizen has authenticated; money moves only once it is confirmed. */
  | { readonly op: 'authenticated'; readonly orderId: string; readonly method: string }
  | { readonly op: 'waiting'; readonly orderId: string; readonly accountNumber: string; readonly secret: string }
  /** **Money in.** At most one for an order. */
  | { readonly op: 'capture'; readonly orderId: string; readonly amount: string }
  | { readonly op: 'aborted'; readonly orderId: string; readonly code: string }
  | { readonly op: 'expired'; readonly orderId: string }
  /** An account was closed before the deposit. */
  | { readonly op: 'closed'; readonly orderId: string }
  | {
      readonly op: 'cancel'
      readonly orderId: string
      /** The Idempotency-Key. */
      readonly key: string
      readonly transactionKey: string
      readonly amount: string
      readonly reason: string
      /** Milliseconds until it is done; null where it fails. */
      readonly after: number | null
    }
  /** **Money back.** */
  | { readonly op: 'refund'; readonly orderId: string; readonly key: string; readonly transactionKey: string; readonly amount: string }
  /** The answer to a successful POST, given again for the same Idempotency-Key. */
  | { readonly op: 'answered'; readonly request: string; readonly json: unknown }
  | { readonly op: 'payout'; readonly day: string; readonly records: readonly object[]; readonly keys: readonly string[] }
