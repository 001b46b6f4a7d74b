import type { Schemas } from '../client/index.ts'

/** `1234567.80 GBP` → `1,234,567.80 GBP`. */
export const money = ({ amount, currency }: Schemas['Money']): string => `${grouped(amount)} ${currency}`

export const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
