import { randomBytes } from 'node:crypto'
import { deleteSession } from '../../store/citizens/delete-session.ts'
import { insertSession } from '../../store/citizens/insert-session.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import type { Context } from '../http/context.ts'
import { clearCookie, readCookie, setCookie } from '../http/cookies.ts'

/** A working day: short enough for a shared computer, long enough that nobody is thrown out while reading. */
const SESSION_MS = 8 * 3_600_000

/** Opens a session for a citizen who has proven to be one, under a new token. */
export async function openSession({ root, response, now }: Context, citizenId: string): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  await insertSession(root.sql, { hash: keyedHash(root.config.GOJI_PEPPER, 'session', token), citizenId, expiresAt: now + SESSION_MS }, now)
  setCookie(root.config, response, 'session', token, SESSION_MS)
}

/** Ends the session here and in the store, and forgets the bills that links had opened. */
export async function closeSession({ root, request, response }: Context): Promise<void> {
  const token = readCookie(root.config, request, 'session')
  if (token !== null) await deleteSession(root.sql, keyedHash(root.config.GOJI_PEPPER, 'session', token))
  clearCookie(root.config, response, 'session')
  clearCookie(root.config, response, 'bills')
}
