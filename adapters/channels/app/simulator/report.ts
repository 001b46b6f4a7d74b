import type { DeliveryReport } from '../wire.ts'
import type { Delivery } from './books.ts'

/** The protocol's report of a delivery. */
export const reportOf = ({ key, attempt, status, code, at, relay }: Delivery): DeliveryReport => ({
  key,
  reference: `${relay}-${key}-${attempt}`,
  status,
  ...(code === undefined ? {} : { code }),
  at: new Date(at).toISOString(),
})
