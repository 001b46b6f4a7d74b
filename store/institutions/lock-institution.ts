import { notFound } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'

/** Holds the institution until the transaction ends: versions of its policies are counted under it. @throws GojiError `institution_not_found`. */
export async function lockInstitution(tx: Tx, id: string): Promise<void> {
  const [row] = await tx`select id from institutions where id = ${id} for update`
  if (!row) throw notFound('institution')
}
