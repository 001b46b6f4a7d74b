import express, { type Express, type Request, type Response } from 'express'
import { simpleParser } from 'mailparser'
import { type Faults, readFault } from './faults.ts'
import type { Letter, Letters } from './letters.ts'
import { letterPage, listPage } from './pages.ts'

/** The letters shown at once. */
const PAGE_LENGTH = 200

/** A letter is somebody else's HTML: it may bring its own style and pictures, run nothing and load nothing. */
const LETTER_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/**
 * The mailbox in the browser, and as JSON for tests: `/letters.json?to=`, `/letters/<id>.json`. What the server is to do
 * wrong is put at `/fault`.
 */
export function createWeb(letters: Letters, faults: Faults): Express {
  const app = express().disable('x-powered-by')
  const wanted = ({ query }: Request) => ({ to: textOf(query['to']), delivery: textOf(query['delivery']) })
  const withLetter =
    (answer: (letter: Letter, raw: Buffer, response: Response) => Promise<void>) => async (request: Request, response: Response) => {
      const letter = letters.list({}).find(({ id }) => String(id) === request.params['id'])
      const raw = letter && letters.raw(letter.id)
      if (!letter || !raw) response.status(404).type('text').send('There is no such letter (any more).')
      else await answer(letter, raw, response)
    }
  app.get('/fault', (_request, response) => void response.json({ met: faults.met }))
  app.put('/fault', express.json(), (request, response) => {
    const { how } = (request.body ?? {}) as { readonly how?: unknown }
    faults.now = readFault(how)
    response.json({ met: faults.met })
  })
  app.get('/', (request, response) => void response.send(listPage(letters.list(wanted(request)).slice(0, PAGE_LENGTH), wanted(request).to)))
  app.get('/letters.json', (request, response) => void response.json(letters.list(wanted(request)).slice(0, PAGE_LENGTH)))
  app.get(
    '/letters/:id.json',
    withLetter(async (letter, raw, response) => {
      const { text, html } = await simpleParser(raw)
      response.json({ ...letter, text: text ?? null, html: html || null })
    }),
  )
  app.get(
    '/letters/:id/raw',
    withLetter(async (_letter, raw, response) => void response.type('text').send(raw)),
  )
  app.get(
    '/letters/:id/html',
    withLetter(async (_letter, raw, response) => {
      const { html } = await simpleParser(raw)
      response.set('content-security-policy', LETTER_POLICY).send(`<base target="_blank">${html || ''}`)
    }),
  )
  app.get(
    '/letters/:id',
    withLetter(async (letter, raw, response) => {
      const { text, html } = await simpleParser(raw)
      response.send(letterPage(letter, text ?? '', Boolean(html)))
    }),
  )
  return app
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
