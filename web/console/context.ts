import type { Request, RequestHandler, Response } from 'express'
import { GojiError } from '../../domain/errors.ts'
import type { Language } from '../../domain/ports/channel.ts'
import { keyInForce } from '../../store/console/key-in-force.ts'
import { type InstitutionRow, readInstitution } from '../../store/institutions/read-institution.ts'
import type { ApiKey } from '../../store/keys/find-api-key.ts'
import type { Scope } from '../../store/keys/insert-api-key.ts'
import { type Owner, ownerOf } from '../../store/owner.ts'
import { chooseLanguage, type Site } from '../http/context.ts'
import { TEXTS, type Texts } from '../texts/index.ts'
import { isOwnFormKey, newFormKey } from './form-key.ts'
import { keepSession, readSession } from './session.ts'
import { CONSOLE_TEXTS, type ConsoleTexts } from '../texts/console/index.ts'

/** Who signed in: a key, what it may do, and whose bills it sees. */
export interface Clerk {
  readonly key: ApiKey
  readonly owner: Owner
  /** Null for the platform's own key, which sees every institution. */
  readonly institution: InstitutionRow | null
}

/** What a page of the console is made from. `now` is in milliseconds and the same for the whole request. */
export interface Visit extends Site {
  readonly request: Request
  readonly response: Response
  readonly now: number
  readonly language: Language
  readonly text: ConsoleTexts
  /** The citizens' words, for what both call alike. */
  readonly common: Texts
  readonly clerk: Clerk | null
}

export interface ClerkVisit extends Visit {
  readonly clerk: Clerk
}

export type ConsolePage = (visit: ClerkVisit) => Promise<void>

export async function visitOf(site: Site, request: Request, response: Response): Promise<Visit> {
  const { root } = site
  const now = root.clock.now()
  const language = chooseLanguage(root, request, response, null)
  const base = { ...site, request, response, now, language, text: CONSOLE_TEXTS[language], common: TEXTS[language] }
  const session = readSession(root.config, request, now)
  const key = session === null ? null : await keyInForce(root.sql, session.keyId, now)
  if (session === null || key === null || !mayUseConsole(key)) return { ...base, clerk: null }
  keepSession(root.config, response, session, now)
  const institution = key.institutionId === null ? null : await readInstitution(root.sql, key.institutionId)
  return { ...base, clerk: { key, owner: ownerOf(key), institution } }
}

export const mayUseConsole = ({ scopes }: ApiKey): boolean => scopes.includes('console') || scopes.includes('operator')

/** Whether the clerk's key has a scope, so that a page offers only what would be done. */
export const may = ({ clerk }: ClerkVisit, scope: Scope): boolean =>
  clerk.key.scopes.includes(scope) || clerk.key.scopes.includes('operator')

/** @throws GojiError `scope_missing` (forbidden). */
export function assertMay(visit: ClerkVisit, scope: Scope): void {
  if (!may(visit, scope)) throw new GojiError('forbidden', 'scope_missing', `This needs a key with the scope "${scope}".`)
}

/** A hidden field that shows that a form came from a page of ours, and that makes a second click the same order. */
export const formKey = ({ root, clerk }: ClerkVisit): string => newFormKey(root.config, clerk.key.id)

/** @throws GojiError `form_key_unknown` (forbidden). */
export function assertOwnForm({ root, clerk }: ClerkVisit, key: string): void {
  if (!isOwnFormKey(root.config, clerk.key.id, key))
    throw new GojiError('forbidden', 'form_key_unknown', 'The form is not one of this page. Load the page again.')
}

/** Wraps a page for the router: nobody sees one without signing in, and comes back to it afterwards. */
export const showConsole =
  (site: Site, scope: Scope, page: ConsolePage): RequestHandler =>
  async (request, response) => {
    response.locals['route'] = `${request.method} ${(request.route as { path: string }).path}`
    const visit = await visitOf(site, request, response)
    const { clerk } = visit
    if (clerk === null) {
      const back = request.method === 'GET' ? `?next=${encodeURIComponent(request.originalUrl)}` : ''
      return response.redirect(303, `/console/sign-in${back}`)
    }
    assertMay({ ...visit, clerk }, scope)
    await page({ ...visit, clerk })
  }

/** Wraps a page that is there for everybody. */
export const showOpen =
  (site: Site, page: (visit: Visit) => Promise<void>): RequestHandler =>
  async (request, response) => {
    response.locals['route'] = `${request.method} ${(request.route as { path: string }).path}`
    await page(await visitOf(site, request, response))
  }
