import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Fuzzing {
  /** The interpreter that Schemathesis is installed for. */
  readonly python: string
  readonly url: string
  readonly document: object
  /** Institutions by name: none may see what bears the mark of another. */
  readonly institutions: Readonly<Record<string, { readonly key: string; readonly mark: string }>>
  readonly operator: string
  /** Who asks: the first institution, whom no other may see, or the platform. */
  readonly user: 'institution' | 'operator'
  /** Names of the operations that this user may call. */
  readonly operations: readonly string[]
  readonly examples: number
  readonly seed: number
}

export interface Outcome {
  /** One line per failure, each once. */
  readonly failures: readonly string[]
  /** How often each operation was answered with each status. */
  readonly statuses: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly requests: number
  /** What it printed, for whoever looks into a failure. */
  readonly said: string
}

/** Lets Schemathesis ask for everything that the document describes, with all its checks, and answers what it found. */
export async function fuzz(fuzzing: Fuzzing): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'goji-fuzz-'))
  try {
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(fuzzing.document))
    await writeFile(join(folder, 'users.json'), JSON.stringify({ auth: usersOf(fuzzing) }))
    await writeFile(join(folder, 'schemathesis.toml'), settingsOf(fuzzing))
    const said = await run(fuzzing, folder)
    return { ...(await readReport(join(folder, 'events.ndjson'), fuzzing.document)), said }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const usersOf = ({ institutions, operator }: Fuzzing): object[] =>
  [...Object.entries(institutions).map(([name, { key }]) => ({ name, key })), { name: 'operator', key: operator }].map(({ name, key }) => ({
    name,
    fixedHeaders: [{ name: 'Authorization', value: `Bearer ${key}` }],
  }))

/**
 * A request of the described shape may still break a rule that no schema can say (an amount above what is owed, text that
 * runs backwards, the state of a bill), so refusals of those statuses are answers too; hooks.py looks at their codes. A provider's
 * webhook that is signed and says nothing we know is set aside with 200 on purpose: a refusal would only bring it again.
 */
const settingsOf = ({ institutions, examples, seed, user }: Fuzzing): string => `
seed = ${seed}
hooks = ${JSON.stringify(fileURLToPath(new URL('hooks.py', import.meta.url)))}
continue-on-failure = true
request-timeout = 30
[auth.wfc]
path = "users.json"
user = ${JSON.stringify(user === 'operator' ? 'operator' : Object.keys(institutions)[0])}
peers = ${JSON.stringify(Object.keys(institutions))}
[generation]
max-examples = ${examples}
database = "none"
no-shrink = true
[phases.stateful.generation]
max-examples = ${examples * 10}
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "401", "403", "404", "409", "422"]
[[operations]]
include-path-regex = "^/webhooks/"
checks.negative_data_rejection.enabled = false
[reports.ndjson]
path = "events.ndjson"
[warnings]
enabled = false
`

async function run({ python, url, institutions, operations }: Fuzzing, folder: string): Promise<string> {
  const marks = Object.fromEntries(Object.entries(institutions).map(([name, { mark }]) => [name, mark]))
  const args = ['-m', 'schemathesis.cli', 'run', 'openapi.json', '--url', url, '--checks', 'all', '--output-sanitize', 'false']
  args.push(...operations.flatMap((operation) => ['--include-operation-id', operation]))
  const child = spawn(python, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], GOJI_MARKS: JSON.stringify(marks), NO_COLOR: '1', COLUMNS: '160', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [status] = (await once(child, 'close')) as [number]
  if (status !== 0 && status !== 1) throw new Error(`Schemathesis did not run (${status}):\n${said}`)
  return said
}

interface Scenario {
  readonly label?: string
  readonly recorder: {
    readonly label?: string
    readonly interactions?: Readonly<
      Record<string, { readonly request: { method: string; uri: string; body?: unknown }; readonly response?: { status_code: number } }>
    >
    readonly checks?: Readonly<Record<string, readonly Check[]>>
  }
}
interface Check {
  readonly name: string
  readonly status: string
  readonly failure_info?: { readonly failure?: { readonly operation?: string; readonly message?: string } }
}

/** Reads the report of events, line by line. */
async function readReport(path: string, document: object): Promise<Omit<Outcome, 'said'>> {
  const failures = new Map<string, string>()
  const statuses = new Map<string, Map<number, number>>()
  const operations = patternsOf(document)
  let requests = 0
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const event = JSON.parse(line) as { ScenarioFinished?: Scenario; NonFatalError?: { value?: unknown; label?: string } }
    if (event.NonFatalError)
      failures.set(JSON.stringify(event.NonFatalError.value), `${event.NonFatalError.label}: ${JSON.stringify(event.NonFatalError.value)}`)
    const { interactions = {}, checks = {}, label } = event.ScenarioFinished?.recorder ?? {}
    for (const { request, response } of Object.values(interactions)) {
      requests += 1
      const { pathname } = new URL(request.uri)
      const operation = operations.find(({ method, pattern }) => method === request.method && pattern.test(pathname))?.name
      if (operation === undefined || response === undefined) continue
      const counts = statuses.get(operation) ?? new Map<number, number>()
      counts.set(response.status_code, (counts.get(response.status_code) ?? 0) + 1)
      statuses.set(operation, counts)
    }
    for (const [id, results] of Object.entries(checks))
      for (const { name, status, failure_info: info } of results) {
        if (status !== 'failure') continue
        const { request, response } = interactions[id] ?? {}
        const said = info?.failure?.message?.replaceAll(/\s+/g, ' ').slice(0, 300) ?? ''
        const operation = info?.failure?.operation ?? label ?? ''
        // A webhook that says what nobody understands is set aside and taken. The stateful phase does not heed the setting above.
        if (name === 'negative_data_rejection' && operation.includes(' /webhooks/')) continue
        const key = `${name} ${operation} ${said}`
        if (!failures.has(key))
          failures.set(
            key,
            `${name}: ${operation}: ${said} | ${request?.method} ${request?.uri} ${textOf(request?.body)} -> ${response?.status_code}`,
          )
      }
  }
  return { failures: [...failures.values()], statuses, requests }
}

/** Bodies stand in the report as base64. */
function textOf(body: unknown): string {
  const encoded = (body as { $base64?: string } | undefined)?.$base64
  return encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8').slice(0, 1_000)
}

/** The operations of a document, those without a part that varies first. */
function patternsOf(document: object): { name: string; method: string; pattern: RegExp }[] {
  const { paths } = document as { paths: Record<string, Record<string, object>> }
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[a-z]+\}/g, '[^/]*')}$`),
      })),
    )
    .sort((one, other) => one.name.split('{').length - other.name.split('{').length)
}
