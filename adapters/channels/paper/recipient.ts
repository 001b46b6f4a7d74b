import { createHash } from 'node:crypto'

/** The same for every letter to one address, and nothing that the address could be read from by who merely sees it. */
export const recipientOf = (address: string): string => createHash('sha256').update(address.replace(/\s+/g, ' ')).digest('hex').slice(0, 16)
