import type { RefundAccount } from './ports/gateway.ts'

/** An account as it may be shown: enough for its owner to know it again, of no use to anybody else. */
export const maskAccount = ({ bank, number, holder }: RefundAccount): RefundAccount => ({
  bank,
  number: `****${number.slice(-4)}`,
  holder: `${[...holder][0] ?? ''}**`,
})
