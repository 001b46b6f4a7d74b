import { placeLine, setAside } from '../store/commands/place-line.ts'
import { transaction } from '../store/unit/transaction.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import { isRefusedData } from './failure.ts'
import type { Ports } from './ports.ts'

/** A line that the books refuse for good becomes an exception for a person: it must not hold up those behind it. */
export async function bookLine(ports: Ports, lineId: string, now: number): Promise<Wake[]> {
  try {
    return await transaction(ports.sql, (tx) => placeLine(tx, lineId, now))
  } catch (error) {
    if (!isRefusedData(error)) throw error
    await transaction(ports.sql, (tx) => setAside(tx, lineId, now))
    return []
  }
}
