import express from 'express'
import type { AddressInfo } from 'node:net'

/** The peer: a route of the same framework that does nothing. Prints its address once it listens. */
const app = express()
app.disable('x-powered-by')
app.get('/', (_request, response) => void response.json({}))
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`)
})
