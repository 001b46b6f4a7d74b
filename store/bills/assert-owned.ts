import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** @throws GojiError `bill_not_found` when the bill does not exist or is another's. */
export async function assertOwned(sql: Queryable, owner: Owner, billId: string): Promise<void> {
  const [row] = await sql`select 1 from bills b where b.id = ${billId} and ${ownedBy(sql, owner)}`
  if (!row) throw notFound('bill')
}
