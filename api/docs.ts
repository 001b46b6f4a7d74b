import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import express, { type Router } from 'express'

const FILES = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png', 'favicon-16x16.png']

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Goji API reference</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<main id="reference"></main>
<noscript>The reference needs JavaScript. The same is in <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

/** No validator badge: it would send the document to a server elsewhere. */
const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null, supportedSubmitMethods: ['get', 'post', 'put'] })
`

/** The reference at /docs, from files that are here: networks of public institutions often reach nothing else. */
export function docsRouter(): Router {
  const router = express.Router()
  router.get('/', (_req, res) => void res.type('html').send(PAGE))
  router.get('/start.js', (_req, res) => void res.type('js').send(START))
  for (const asset of ASSETS) router.get(`/${asset}`, (_req, res) => res.sendFile(asset, { root: FILES, maxAge: '1h' }))
  return router
}
