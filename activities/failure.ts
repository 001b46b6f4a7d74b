import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common'
import { GojiError, ProviderError, StoppedError } from '../domain/errors.ts'
import { endedSession } from '../store/ended-session.ts'

/** Classes of PostgreSQL's codes that say no to the data itself. */
const REFUSED_DATA = ['22', '23']
/** That, or no to our rights or our words (42): no repetition changes either. */
const FINAL_SQL_CLASSES = [...REFUSED_DATA, '42']

/** PostgreSQL's code of an error, or undefined where it has none. */
function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}

/** A name or a code as machines write them. Whatever else stands in such a place may be a text of a person or a provider. */
const isWord = (text: unknown): text is string => typeof text === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(text)

/** Whether PostgreSQL refused a statement for a reason of these classes. A session that ended says nothing of a statement. */
const refusedFor = (classes: readonly string[], error: unknown): boolean =>
  !endedSession(error) && classes.includes(sqlState(error)?.slice(0, 2) ?? '')

/** Whether this very data was refused: never so when a bad deployment speaks to the wrong schema, which refuses everything. */
export const isRefusedData = (error: unknown): boolean => refusedFor(REFUSED_DATA, error)

/**
 * The one place that says what an error means to Temporal. Messages carry codes and ids only, because failures stand in
 * history in clear. What is not known here is retried: an outage must never be taken for a refusal.
 */
export function toFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure) return error
  if (error instanceof ProviderError) {
    return ApplicationFailure.create({
      type: `provider.${error.kind}`,
      message: `The provider answered ${isWord(error.code) ? error.code : 'what is no code'}`,
      nonRetryable: error.kind === 'permanent',
      ...(error.retryAfter === undefined ? {} : { nextRetryDelay: error.retryAfter }),
    })
  }
  if (error instanceof StoppedError) {
    return ApplicationFailure.create({
      type: 'provider.stopped',
      message: `An operator has stopped ${error.provider}. It goes on after: goji providers resume ${error.provider}`,
      // Somebody's decision: neither an error in the logs nor one in the metrics.
      category: ApplicationFailureCategory.BENIGN,
      ...(error.retryAfter === undefined ? {} : { nextRetryDelay: error.retryAfter }),
    })
  }
  if (error instanceof GojiError) {
    return ApplicationFailure.create({
      type: error.code,
      message: error.code,
      nonRetryable: !['unavailable', 'limited'].includes(error.kind),
    })
  }
  const state = sqlState(error)
  if (state !== undefined) {
    return ApplicationFailure.create({
      type: `database.${state}`,
      message: `The database answered ${state}`,
      nonRetryable: refusedFor(FINAL_SQL_CLASSES, error),
    })
  }
  const code = (error as { code?: unknown } | null)?.code
  const name = error instanceof Error && isWord(error.name) ? error.name : typeof error
  const word = isWord(code) ? code : name
  return ApplicationFailure.create({ type: `system.${word}`, message: word })
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
