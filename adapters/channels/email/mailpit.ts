import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** The Mailpit on the PATH, else the one in the cache of downloaded programs, else null. */
export function findMailpit(): string | null {
  if (spawnSync('mailpit', ['--help']).status === 0) return 'mailpit'
  const cached = join(homedir(), '.cache', 'goji', 'bin', 'mailpit')
  return existsSync(cached) ? cached : null
}

export interface ReceivedMail {
  readonly messageId: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly headers: Readonly<Record<string, readonly string[]>>
}

export interface Mailpit {
  readonly smtpPort: number
  /** All mails with this Message-ID (with its angle brackets). */
  mails(messageId: string): Promise<readonly ReceivedMail[]>
  /** From now on the server answers this command with this code; null ends it. */
  chaos(trigger: { readonly on: 'Sender' | 'Recipient' | 'Authentication'; readonly code: number } | null): Promise<void>
  stop(): Promise<void>
}

const STARTED_WITHIN_MS = 10_000

/** For tests: a real mail server that keeps what it gets and refuses on request. It takes any user and password. */
export async function startMailpit(program: string): Promise<Mailpit> {
  const [webPort, smtpPort] = [await freePort(), await freePort()]
  const web = `http://127.0.0.1:${webPort}/api/v1`
  const flags = [
    '--listen',
    `127.0.0.1:${webPort}`,
    '--smtp',
    `127.0.0.1:${smtpPort}`,
    '--disable-version-check',
    '--smtp-disable-rdns',
    '--quiet',
  ]
  const child = spawn(program, [...flags, '--enable-chaos', '--smtp-auth-accept-any', '--smtp-auth-allow-insecure'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exit = once(child, 'exit')
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${web}${path}`, body === undefined ? {} : { method: 'PUT', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`Mailpit answered ${response.status} to ${path}.`)
    return (await response.json()) as T
  }
  await answering(() => ask('/info'), exit)
  return {
    smtpPort,
    async mails(messageId) {
      const list = await ask<{ messages: { ID: string; MessageID: string }[] }>('/messages?limit=500')
      const found = list.messages.filter((message) => `<${message.MessageID}>` === messageId)
      return Promise.all(
        found.map(async ({ ID }) => {
          const mail = await ask<{ Subject: string; Text: string; HTML: string }>(`/message/${ID}`)
          return {
            messageId,
            subject: mail.Subject,
            text: mail.Text,
            html: mail.HTML,
            headers: await ask<ReceivedMail['headers']>(`/message/${ID}/headers`),
          }
        }),
      )
    },
    async chaos(trigger) {
      await ask('/chaos', trigger === null ? {} : { [trigger.on]: { ErrorCode: trigger.code, Probability: 100 } })
    },
    async stop() {
      child.kill('SIGTERM')
      await exit
    },
  }
}

/** A server says nothing when it is ready, so it is asked until it answers. */
async function answering(ask: () => Promise<unknown>, exit: Promise<unknown>): Promise<void> {
  const gone = exit.then(() => {
    throw new Error('Mailpit ended before it answered.')
  })
  const deadline = AbortSignal.timeout(STARTED_WITHIN_MS)
  for (;;) {
    const answered = await Promise.race([
      ask().then(
        () => true,
        () => false,
      ),
      gone,
    ])
    if (answered) {
      gone.catch(() => {})
      return
    }
    await Promise.race([pause(50, undefined, { signal: deadline }), gone])
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
