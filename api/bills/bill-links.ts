import type { Root } from '../../composition/root.ts'

/**
 * Where to read on. The page to pay asks the citizen to sign in: an institution that held a notice's own link could
 * open it in the citizen's place and so prove a service that never happened.
 */
export const billLinks = ({ config }: Pick<Root, 'config'>, billId: string, payable: boolean): object => ({
  self: `/v1/bills/${billId}`,
  events: `/v1/bills/${billId}/events`,
  forecast: `/v1/bills/${billId}/forecast`,
  pay: payable ? new URL(`/bills/${billId}`, config.GOJI_BASE_URL).href : null,
})
