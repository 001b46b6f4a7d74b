import { isIP } from 'node:net'
import { z } from 'zod'

const limit = (points: number, description: string) =>
  z.coerce.number().int().min(0).max(1_000_000_000).default(points).describe(description)

/** An address, or a range of them. */
function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  return family !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
}

/** Every setting of the processes, with what it means. The environment is read here and nowhere else. */
export const settings = z.object({
  DATABASE_URL: z
    .url()
    .describe('PostgreSQL. The login must be a member of the roles goji_app and goji_checker, and own the schema to migrate it.'),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233').describe('Host and port of the Temporal frontend.'),
  TEMPORAL_NAMESPACE: z
    .string()
    .min(1)
    .default('default')
    .describe('Temporal namespace; its search attributes are those of domain/search-attributes.ts.'),
  TEMPORAL_UI_URL: z.url().optional().describe("Where operators find Temporal's UI; shown as a link, never called."),
  GOJI_TASK_QUEUE: z
    .string()
    .min(1)
    .default('goji')
    .describe('Task queue of the workers. The API and its workers have to name the same one.'),
  GOJI_PEPPER: z
    .string()
    .min(32)
    .describe('Secret of at least 32 characters under which API keys and identifiers are hashed. Losing it makes every key invalid.'),
  GOJI_LINK_SECRET: z.string().min(32).describe('Secret of at least 32 characters that signs the links in notices.'),
  GOJI_LINK_SECRET_OLD: z
    .string()
    .min(32)
    .optional()
    .describe(
      'The link secret before this one, while it is changed: what it signed is still taken. Take it away after 90 days, when its links have ended.',
    ),
  GOJI_BASE_URL: z.url().default('http://127.0.0.1:3000').describe('Where citizens reach the pages: the links in notices start with it.'),
  GOJI_PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port of the API and the pages; 0 takes any free one.'),
  GOJI_HOST: z.string().default('127.0.0.1').describe('Address to listen on: 0.0.0.0 in a container, behind a proxy that ends TLS.'),
  GOJI_GATEWAY: z.string().min(1).describe('Folder name of the gateway that new checkouts use.'),
  GOJI_ANCHOR_FOLDER: z.string().optional().describe('Folder outside the database for the signed heads of the log.'),
  GOJI_ANCHOR_SECRET: z.string().min(32).optional().describe('Secret that signs the heads of the log.'),
  GOJI_BATCH_WINDOW: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(1)
    .describe('Bills of one batch that the workers may have in hand at a time. More is faster, and payments wait longer meanwhile.'),
  GOJI_SWEEP: z
    .enum(['on', 'off'])
    .default('on')
    .describe('The sweep relays what was left behind; off only to show that it is rarely needed.'),
  GOJI_WEBHOOK_PORTS: z
    .string()
    .regex(/^\d{1,5}(?:,\d{1,5})*$/)
    .default('443')
    .transform((text) => text.split(',').map(Number))
    .describe("Ports of institutions' webhook endpoints that may be called, parted by commas."),
  GOJI_WEBHOOK_LOOPBACK: z
    .enum(['on', 'off'])
    .default('off')
    .describe('Lets webhook endpoints of test keys lie on this machine, also over plain HTTP: for development, never in production.'),
  GOJI_TRUSTED_PROXIES: z
    .string()
    .optional()
    .transform((text = '') =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every(isProxy), 'has to be IP addresses and ranges such as 10.0.0.0/8, parted by commas')
    .describe(
      'Proxies whose X-Forwarded-For is believed: addresses and ranges such as 10.0.0.0/8, parted by commas. Nobody is believed unless set.',
    ),
  GOJI_LIMIT_KEY: limit(30_000, 'Requests a minute of one API key. What is not found counts twenty times more. 0: no limit.'),
  GOJI_LIMIT_ADDRESS: limit(
    3_000,
    'Pages, and requests without a valid key, a minute from one network address (of IPv6, its first 64 bits). A link or bill that is not there counts twenty times more. 0: no limit.',
  ),
  GOJI_LIMIT_WEBHOOK: limit(
    30_000,
    'Webhooks a minute from one network address; one that is not signed rightly counts twenty times more. 0: no limit.',
  ),
  GOJI_LIMIT_CODES: limit(30, 'One-time codes that one network may ask for in an hour. Each contact has five. 0: no limit.'),
  GOJI_LIMIT_CHECKOUTS: limit(30, 'Payments that may be begun for one bill in an hour. 0: no limit.'),
  GOJI_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe(
      'Port of /metrics, one for each process, and of a worker’s /healthz and /readyz; 0 takes any free one. Without it there are none. Whoever reaches it reads them: publish it to nobody but Prometheus.',
    ),
  GOJI_METRICS_HOST: z.string().default('127.0.0.1').describe('Address that GOJI_METRICS_PORT listens on.'),
  GOJI_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least important log line that is written.'),
})

export type Config = z.infer<typeof settings> & {
  /** The whole environment, from which each adapter takes the settings that its manifest names. */
  readonly adapterSettings: Readonly<Record<string, string | undefined>>
}

/** Somebody has to change the environment before this process can start; no frame of the stack says how. */
export class SettingsError extends Error {}

/** @throws SettingsError that lists every wrong or missing setting at once, by name and never by value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const parsed = settings.safeParse(environment)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new SettingsError(`The settings are not complete:\n${problems.join('\n')}\nThey are explained in docs/settings.md.`)
  }
  return { ...parsed.data, adapterSettings: environment }
}

/** The settings of a process; where they are not complete it ends with exit code 1, and its last words are the message alone. */
export function readConfigOrExit(): Config {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(1)
  }
}
