import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import express, { type RequestHandler, type Router } from 'express'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const KRDS = path.join(path.dirname(createRequire(import.meta.url).resolve('krds-uiux/package.json')), 'resources')
const FOREVER = { immutable: true, maxAge: '1y', index: false } as const

/**
 * The one style sheet: the government design system's tokens and components as they come, then what is ours. Its name
 * holds its hash, so browsers may keep it for ever. It lies two folders deep because the components look for their
 * pictures in `../../img`.
 */
function readStyles(): { path: string; plain: Buffer; zipped: Buffer } {
  const parts = [path.join(KRDS, 'css/token/krds_tokens.css'), path.join(KRDS, 'css/component/output.css'), path.join(HERE, 'goji.css')]
  const text = parts
    .map((file) => readFileSync(file, 'utf8').replace(/@charset[^;]*;|@import[^;]*;|\/\*# sourceMappingURL=.*?\*\//g, ''))
    .join('\n')
  const plain = Buffer.from(`@charset "UTF-8";\n${text}`)
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16)
  return { path: `/assets/krds/css/${hash}/goji.css`, plain, zipped: gzipSync(plain, { level: 9 }) }
}

const styles = readStyles()

/** Address of the style sheet. */
export const STYLES = styles.path
export const ICON = '/assets/icon.svg'

const sendStyles: RequestHandler = (request, response) => {
  const zip = request.acceptsEncodings('gzip') === 'gzip'
  response.set({
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
    Vary: 'Accept-Encoding',
  })
  if (zip) response.set('Content-Encoding', 'gzip')
  response.send(zip ? styles.zipped : styles.plain)
}

/** Styles, fonts and pictures, all from here: a page asks no other site for anything. */
export function assets(): Router {
  const router = express.Router()
  router.get(STYLES, sendStyles)
  router.use('/assets/krds/img', express.static(path.join(KRDS, 'img'), FOREVER))
  router.use('/assets/krds/fonts', express.static(path.join(KRDS, 'fonts'), FOREVER))
  router.get(ICON, (_request, response) => response.sendFile('icon.svg', { root: HERE, maxAge: '1d' }))
  return router
}
