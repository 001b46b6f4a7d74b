import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** The citizen of each of these bills that the caller owns. */
export const payersOfBills = (sql: Queryable, owner: Owner, billIds: readonly string[]): Promise<{ id: string; citizen_id: string }[]> =>
  sql<
    { id: string; citizen_id: string }[]
  >`select b.id, b.citizen_id from bills b where b.id = any(${billIds as string[]}) and ${ownedBy(sql, owner)}`
