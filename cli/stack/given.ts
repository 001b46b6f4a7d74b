import postgres from 'postgres'
import { GojiError } from '../../domain/errors.ts'
import { ping } from '../../store/ping.ts'
import { prepareExternalTemporal } from './temporal.ts'

/**
 * The database that DATABASE_URL names, once it has answered.
 * @throws GojiError `database_unreachable`.
 */
export async function givenDatabase(url: string): Promise<{ url: string; description: string }> {
  try {
    const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined })
    await ping(sql).finally(() => sql.end({ timeout: 1 }))
  } catch (error) {
    throw unreachable('database_unreachable', 'The database that DATABASE_URL names', 'DATABASE_URL', error)
  }
  return { url, description: 'the one that DATABASE_URL names' }
}

/**
 * The server that TEMPORAL_ADDRESS names, with its namespace prepared.
 * @throws GojiError `temporal_unreachable`.
 */
export async function givenTemporal(address: string, namespace: string): Promise<{ address: string; description: string }> {
  try {
    await prepareExternalTemporal(address, namespace)
  } catch (error) {
    throw unreachable('temporal_unreachable', `Temporal at ${address}`, 'TEMPORAL_ADDRESS', error)
  }
  return { address, description: 'the one that TEMPORAL_ADDRESS names' }
}

/** Never with the value of DATABASE_URL, which holds a password. */
function unreachable(code: string, what: string, variable: string, error: unknown): GojiError {
  const { message } = error as Error
  return new GojiError(
    'unavailable',
    code,
    `${what} cannot be used: ${message}. Start it, correct ${variable}, or unset it to have one started here.`,
  )
}
