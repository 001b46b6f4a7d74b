import { ApplicationFailure } from '@temporalio/common'
import { GojiError, ProviderError } from '../domain/errors.ts'

/** PostgreSQL says no to the data itself (class 22, 23) or to our rights (42): no repetition changes that. */
const FINAL_SQL_CLASSES = ['22', '23', '42']

/** Whether the database refused for good what it was asked to write. */
export const isRefusedByBooks = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && FINAL_SQL_CLASSES.includes(code.slice(0, 2))
}

/**
 * The one place that says what an error means to Temporal. Messages carry codes and ids only, because failures stand in
 * history in clear. What is not known here is retried: an outage must never be taken for a refusal.
 */
export function toFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure) return error
  if (error instanceof ProviderError) {
    return ApplicationFailure.create({
      type: `provider.${error.kind}`,
      message: `The provider answered ${error.code}`,
      nonRetryable: error.kind === 'permanent',
      ...(error.retryAfter === undefined ? {} : { nextRetryDelay: error.retryAfter }),
    })
  }
  if (error instanceof GojiError) {
    return ApplicationFailure.create({ type: error.code, message: error.code, nonRetryable: error.kind !== 'unavailable' })
  }
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
    return ApplicationFailure.create({
      type: `database.${code}`,
      message: `The database answered ${code}`,
      nonRetryable: isRefusedByBooks(error),
    })
  }
  const name = error instanceof Error ? error.name : typeof error
  return ApplicationFailure.create({
    type: typeof code === 'string' ? `system.${code}` : `system.${name}`,
    message: typeof code === 'string' ? code : name,
  })
}

/** Wraps every activity so that nothing but classified failures leaves it. */
export function mapFailures<A extends Record<string, (input: never) => Promise<unknown>>>(activities: A): A {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (input: never) => {
      try {
        return await activity(input)
      } catch (error) {
        throw toFailure(error)
      }
    },
  ])
  return Object.fromEntries(wrapped) as A
}
