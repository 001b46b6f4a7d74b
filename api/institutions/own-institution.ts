import { notFound } from '../../domain/errors.ts'
import { type InstitutionRow, readInstitution } from '../../store/institutions/read-institution.ts'
import type { Call } from '../endpoint.ts'

/** The institution, where it is the caller's own or the caller is the platform. @throws GojiError `institution_not_found`. */
export async function ownInstitution(
  { root, caller }: Pick<Call<unknown, unknown, unknown>, 'root' | 'caller'>,
  id: string,
): Promise<InstitutionRow> {
  if (caller.institutionId !== null && caller.institutionId !== id) throw notFound('institution')
  return readInstitution(root.sql, id)
}
