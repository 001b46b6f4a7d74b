import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Limits } from '../../composition/limits/limits.ts'
import type { Root } from '../../composition/root.ts'
import type { Language } from '../../domain/ports/channel.ts'
import { isLanguage, TEXTS, type Texts } from '../texts/index.ts'
import { readCookie, setCookie } from './cookies.ts'
import { readVisitor, type Visitor } from './visitor.ts'

/** What every page is made in. */
export interface Site {
  readonly root: Root
  readonly limits: Limits
  readonly log: Logger
}

/** What a page is made from. `now` is in milliseconds and the same for the whole request. */
export interface Context extends Site {
  readonly request: Request
  readonly response: Response
  readonly now: number
  readonly visitor: Visitor
  readonly language: Language
  readonly text: Texts
}

export type Page = (context: Context) => Promise<void>

const YEAR_MS = 365 * 86_400_000

/** Wraps a page for the router: finds out who asks and in which language, then shows it. Errors go to the router's own handler. */
export const show =
  (site: Site, page: Page): RequestHandler =>
  async (request, response) => {
    // What the log names a request by: never its address, which may open a bill.
    response.locals['route'] = `${request.method} ${(request.route as { path: string }).path}`
    await page(await contextOf(site, request, response))
  }

export async function contextOf(site: Site, request: Request, response: Response): Promise<Context> {
  const { root } = site
  const now = root.clock.now()
  const visitor = await readVisitor(root, request, now)
  const language = chooseLanguage(root, request, response, visitor)
  return { ...site, request, response, now, visitor, language, text: TEXTS[language] }
}

/** `?lang=` decides and is remembered; then the cookie, the citizen's own setting, and what the browser asks for. */
export function chooseLanguage(root: Pick<Root, 'config'>, request: Request, response: Response, visitor: Visitor | null): Language {
  const asked = queryOf(request).get('lang')
  if (isLanguage(asked)) {
    setCookie(root.config, response, 'language', asked, YEAR_MS)
    return asked
  }
  const remembered = readCookie(root.config, request, 'language')
  if (isLanguage(remembered)) return remembered
  return visitor?.session?.language ?? (request.acceptsLanguages('ko', 'en') === 'en' ? 'en' : 'ko')
}

/** The fields of a form, each once: a field sent twice counts as its list in `all`. */
export function fieldsOf(request: Request): { one: (name: string) => string; all: (name: string) => string[] } {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const all = (name: string): string[] => [body[name]].flat().filter((value) => typeof value === 'string')
  return { one: (name) => all(name)[0] ?? '', all }
}

/** The query as it came. The application reads none by itself, so that each part reads its own in one way. */
export const queryOf = ({ originalUrl }: Pick<Request, 'originalUrl'>): URLSearchParams =>
  new URLSearchParams(originalUrl.split('?').slice(1).join('?'))
