import type { Sql } from '../store/connection.ts'
import { ping } from '../store/ping.ts'

/** Whatever the reason, a database that does not answer is down: the reason is in its own log. */
export async function isDatabaseUp(sql: Sql): Promise<boolean> {
  try {
    await ping(sql)
    return true
  } catch {
    return false
  }
}
