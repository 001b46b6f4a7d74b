/** What can happen at the simulated PortOne. Amounts are decimal strings of won; `id` is the merchant's own. */
export type Entry =
  | { readonly op: 'registered'; readonly id: string; readonly amount: string }
  | { readonly op: 'ready'; readonly id: string; readonly orderName: string }
  | { readonly op: 'issued'; readonly id: string; readonly accountNumber: string; readonly expiresAt: number }
  /** **Money in.** At most one for a payment. */
  | { readonly op: 'capture'; readonly id: string; readonly amount: string; readonly method: string }
  | { readonly op: 'failed'; readonly id: string; readonly code: string }
  | { readonly op: 'closed'; readonly id: string }
  | {
      readonly op: 'cancel'
      readonly id: string
      readonly cancellationId: string
      readonly amount: string
      readonly reason: string
      /** Milliseconds until it is done; null where it fails. */
      readonly after: number | null
    }
  /** **Money back.** */
  | { readonly op: 'refund'; readonly id: string; readonly cancellationId: string; readonly amount: string; readonly reason: string }
