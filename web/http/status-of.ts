import { GojiError } from '../../domain/errors.ts'

const STATUS = { invalid: 400, unauthorized: 401, forbidden: 403, notFound: 404, conflict: 409, limited: 429, unavailable: 503 } as const

/** The status of a page that could not be shown. */
export function statusOf(error: unknown): number {
  if (error instanceof GojiError) return STATUS[error.kind]
  // The form parser and the router say themselves that a request cannot be read.
  const { status } = error as { status?: unknown }
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}
