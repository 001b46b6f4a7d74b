import { notFound } from '../../domain/errors.ts'
import type { Owner } from '../../store/owner.ts'

/** Narrows what the caller owns to one institution. @throws GojiError `institution_not_found` for one that is not the caller's. */
export function within(owner: Owner, institution: string | undefined): Owner {
  if (institution === undefined) return owner
  if (owner.institutionId !== null && owner.institutionId !== institution) throw notFound('institution')
  return { ...owner, institutionId: institution }
}
