import { closeDelivery } from '../store/commands/close-delivery.ts'
import { look } from '../store/commands/look.ts'
import { type Bookkeeping, takeStep } from '../store/commands/take-step.ts'
import type { Shown, View } from '../store/unit/held-bill.ts'
import { transaction } from '../store/unit/transaction.ts'
import { laterOf, type Ports } from './ports.ts'

export type { Bookkeeping, Shown, View }

/** Reading a bill and keeping its books: quick, idempotent, run as local activities. */
export const booksActivities = (ports: Ports) => ({
  look: ({ billId, now }: { billId: string; now: number }): Promise<View> => transaction(ports.sql, (tx) => look(tx, billId, now)),

  takeStep: ({ billId, kind, now }: { billId: string; kind: Bookkeeping; now: number }): Promise<View> =>
    transaction(ports.sql, (tx) => takeStep(tx, billId, kind, now)),

  /** Ends a delivery that no attempt will follow: given up (`fail`) or no longer wanted (`stop`). */
  closeDelivery: async ({ billId, key, event, now }: { billId: string; key: string; event: 'fail' | 'stop'; now: number }): Promise<void> =>
    transaction(ports.sql, (tx) => closeDelivery(tx, billId, key, event, laterOf(now, ports))),
})
