import type { CookieOptions, Request, Response } from 'express'
import { seal, type SealPurpose, type SealSettings, unseal } from '../../composition/seal.ts'
import type { Config } from '../../composition/config.ts'

type Settings = SealSettings & Pick<Config, 'GOJI_BASE_URL'>

/** Our cookies and the purpose under which each is signed. */
const PURPOSES = {
  session: 'sessionCookie',
  bills: 'billCookie',
  language: 'languageCookie',
  signIn: 'signInCookie',
} as const satisfies Record<string, SealPurpose>
export type CookieName = keyof typeof PURPOSES

const isSecure = (config: Settings): boolean => config.GOJI_BASE_URL.startsWith('https:')

/** Over https the name itself binds the cookie to this host and path; browsers refuse the prefix over http. */
const fullName = (config: Settings, name: CookieName): string => `${isSecure(config) ? '__Host-' : ''}goji_${name.toLowerCase()}`

const options = (config: Settings): CookieOptions => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(config) })

/** `maxAge` in milliseconds; without one the browser forgets the cookie when it is closed. */
export function setCookie(config: Settings, response: Response, name: CookieName, value: string, maxAge?: number): void {
  response.cookie(fullName(config, name), seal(config.GOJI_LINK_SECRET, PURPOSES[name], value), {
    ...options(config),
    ...(maxAge === undefined ? {} : { maxAge }),
  })
}

export const clearCookie = (config: Settings, response: Response, name: CookieName): void => {
  response.clearCookie(fullName(config, name), options(config))
}

/** The value that we signed, or null when there is none or somebody has made it up. */
export function readCookie(config: Settings, request: Request, name: CookieName): string | null {
  const prefix = `${fullName(config, name)}=`
  const found = request.headers.cookie?.split(/;\s*/).find((part) => part.startsWith(prefix))
  return found === undefined ? null : unseal(config, PURPOSES[name], found.slice(prefix.length))
}
