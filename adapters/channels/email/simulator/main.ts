import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { Faults } from './faults.ts'
import { Letters } from './letters.ts'
import { createSmtp } from './smtp.ts'
import { createWeb } from './web.ts'

/** Letters kept for reading; the journal keeps a line of every one. */
const KEPT_LETTERS = 1_000

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'smtp-port': { type: 'string' },
    'data-dir': { type: 'string' },
    /** 0.0.0.0 in a container. */
    host: { type: 'string', default: '127.0.0.1' },
  },
})
const { port, 'smtp-port': smtpPort, 'data-dir': folder, host } = values
if (port === undefined || smtpPort === undefined || folder === undefined) throw new Error('Flags: --port=… --smtp-port=… --data-dir=…')

const letters = new Letters(folder, KEPT_LETTERS)
const faults = new Faults()
const smtp = createSmtp(letters, faults)
await new Promise<void>((resolve, reject) => {
  smtp.once('error', reject)
  smtp.listen(Number(smtpPort), host, resolve)
})
// A client that hangs up in the middle is no reason to end.
smtp.on('error', (error) => console.error(error.message))
const web = createWeb(letters, faults).listen(Number(port), host)
await once(web, 'listening')
console.log(JSON.stringify({ listening: `http://127.0.0.1:${port}` }))

process.once('SIGTERM', () => {
  web.close()
  web.closeAllConnections()
  smtp.close(() => process.exit(0))
})
