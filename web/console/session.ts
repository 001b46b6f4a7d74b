import type { CookieOptions, Request, Response } from 'express'
import type { Config } from '../../composition/config.ts'
import { seal, type SealSettings, unseal } from '../../composition/seal.ts'

/** Without a click for so long, and at the latest after a working day, somebody has to sign in again. */
const IDLE_MS = 30 * 60_000
const DAY_MS = 10 * 3_600_000

type Settings = SealSettings & Pick<Config, 'GOJI_BASE_URL'>

export interface ConsoleSession {
  readonly keyId: string
  /** When it began (milliseconds). */
  readonly since: number
}

const isSecure = (config: Settings): boolean => config.GOJI_BASE_URL.startsWith('https:')
const nameOf = (config: Settings): string => `${isSecure(config) ? '__Host-' : ''}goji_console`
const options = (config: Settings): CookieOptions => ({ httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure(config) })

/** The session in the cookie, or null where there is none, it is over, or somebody made it up. The key itself is not in it. */
export function readSession(config: Settings, request: Request, now: number): ConsoleSession | null {
  const prefix = `${nameOf(config)}=`
  const found = request.headers.cookie?.split(/;\s*/).find((part) => part.startsWith(prefix))
  const text = found === undefined ? null : unseal(config, 'consoleCookie', found.slice(prefix.length))
  const [keyId, since, until] = text?.split(' ') ?? []
  if (!keyId || !since || !until || Number(until) <= now) return null
  return { keyId, since: Number(since) }
}

/** Begins a session, or lets it go on for another while. */
export function keepSession(config: Settings, response: Response, session: ConsoleSession, now: number): void {
  const until = Math.min(now + IDLE_MS, session.since + DAY_MS)
  const text = `${session.keyId} ${session.since} ${until}`
  response.cookie(nameOf(config), seal(config.GOJI_LINK_SECRET, 'consoleCookie', text), { ...options(config), maxAge: until - now })
}

export const endSession = (config: Settings, response: Response): void => {
  response.clearCookie(nameOf(config), options(config))
}
