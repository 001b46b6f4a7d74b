import { join } from 'node:path'
import { DataFolder } from './data-folder.ts'
import { givenDatabase, givenTemporal } from './given.ts'
import { LOCK_FILE, Lock } from './lock.ts'
import { nodeProcess } from './own-process.ts'
import { Ports } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { type Child, Children } from './process.ts'
import type { Progress } from './progress.ts'
import { Secrets } from './secrets.ts'
import { chosenSimulators, type RunningSimulator, findSimulators, startSimulator } from './simulators.ts'
import { startTemporal } from './temporal.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A process of Goji itself. It prints `{"listening":"<url>"}` once it answers and ends in order on SIGTERM. */
export interface OwnProcess {
  readonly name: string
  /** Its file, from the root of the clone: `workers/main.ts`. */
  readonly main: string
  readonly flags?: readonly string[]
  /** Milliseconds that it may take to end before it is killed. */
  readonly graceMs: number
}

/** What the stack has started, from which the settings of Goji's own processes are made. */
export interface StackParts {
  /** Of a login that may migrate. */
  readonly databaseUrl: string
  readonly temporalAddress: string
  /** Undefined where Temporal is not ours and nobody said where its pages are. */
  readonly temporalUiUrl: string | undefined
  /** Where the API is going to answer. */
  readonly apiUrl: string
  readonly apiPort: number
  readonly simulators: readonly RunningSimulator[]
  /** A secret that stays the same from start to start, by name. */
  secret(name: string): string
  /** A folder in the data folder. */
  folder(name: string): string
}

export interface StackOptions {
  /** The root of the clone. */
  readonly root: string
  readonly dataDir: string
  /** Empties the data folder first. */
  readonly fresh: boolean
  readonly environment: Environment
  /** The port of the API and the pages that people remember. */
  readonly apiPort: number
  /** Names of simulators that start only on request. */
  readonly simulators?: readonly string[]
  /** Brings the database to the current schema. */
  migrate(databaseUrl: string): Promise<unknown>
  /** Further settings of Goji's own processes: those of the database, Temporal and the simulators' adapters are there. */
  settings(parts: StackParts): Readonly<Record<string, string>>
  /** Goji's own processes, in the order in which they start. */
  readonly processes: readonly OwnProcess[]
  readonly progress: Progress
  readonly signal: AbortSignal
}

export interface Stack {
  /** The environment that Goji's own processes were given: what the command line needs to talk to the same stack. */
  readonly environment: Environment
  /** What people open in a browser, by name. */
  readonly addresses: Readonly<Record<string, string>>
  readonly parts: StackParts
  /** Settles, with what to read, when a process ends that nobody asked to. */
  readonly died: Promise<Error>
  /** Kills one of Goji's own processes, by its name, as a power cut would, and starts it again. */
  crash(name: string): Promise<void>
  /** Stops everything that was started, in reverse order. */
  stop(): Promise<void>
}

/**
 * Starts everything in order and waits until it answers. Whatever goes wrong, and also when the signal is aborted at any
 * moment, everything that was started is stopped again before the error is thrown.
 * @throws GojiError of the part that failed; `already_running`, `data_folder_*`.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const data = DataFolder.open(options.dataDir)
  const lock = await Lock.take(data.file(LOCK_FILE), (line) => options.progress.note(line))
  const stopAll = async (children: Children | undefined): Promise<void> => {
    await children?.stopAll((name) => options.progress.note(`Stopping ${name}.`))
    lock.release()
  }
  let children: Children | undefined
  try {
    // What was built for this user is no data, and may have taken minutes.
    if (options.fresh) data.empty([LOCK_FILE, 'bin'])
    children = new Children(data.folder('logs'), (running) => lock.record(running))
    // Whatever is waited for, a part that has ended in the meantime ends the start, with its own log to read.
    const failed = new AbortController()
    void children.died.then((death) => failed.abort(death))
    const stack = await startParts({ ...options, signal: AbortSignal.any([options.signal, failed.signal]) }, data, children)
    lock.announce(stack.addresses)
    return { ...stack, died: children.died, stop: () => stopAll(children) }
  } catch (error) {
    await stopAll(children)
    throw error
  }
}

async function startParts(options: StackOptions, data: DataFolder, children: Children): Promise<Omit<Stack, 'died' | 'stop'>> {
  const { environment, progress, signal, root } = options
  const ports = new Ports(data.file('ports.json'))
  const secrets = new Secrets(data.file('secrets.json'))
  const base = { data, children, ports, secrets, environment, signal }

  const api = await ports.choose('api', options.apiPort)
  if (api.insteadOf !== undefined) progress.note(`The pages are on port ${api.port}, as ${api.insteadOf} is taken.`)
  const apiUrl = `http://127.0.0.1:${api.port}`

  const postgres = await progress.step(
    'PostgreSQL',
    (said) => database({ ...base, ...said }),
    ({ description }) => description,
  )
  const temporal = await progress.step(
    'Temporal',
    (said) => engine({ ...base, ...said }),
    ({ description }) => description,
  )
  const found = chosenSimulators(await findSimulators(root), options.simulators ?? [])
  const simulators = await progress.step(
    'Simulators',
    ({ note }) => Promise.all(found.map((simulator) => startSimulator(simulator, { ...base, apiUrl, note }))),
    (started) => started.map(({ name }) => name).join(', '),
  )
  await progress.step('Database schema', () => options.migrate(postgres.url))
  signal.throwIfAborted()

  const parts: StackParts = {
    databaseUrl: postgres.url,
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    apiUrl,
    apiPort: api.port,
    simulators,
    secret: (name) => secrets.get(name),
    folder: (name) => data.folder(name),
  }
  const settings: Environment = {
    ...environment,
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_UI_URL: temporal.uiUrl,
    ...Object.fromEntries(simulators.flatMap((simulator) => Object.entries(simulator.settings))),
    ...options.settings(parts),
  }
  const running = new Map<string, Child>()
  const begin = async (own: OwnProcess): Promise<void> => void running.set(own.name, await startOwn(own, { ...base, root, settings }))
  for (const own of options.processes) await progress.step(own.name, () => begin(own))
  const crash = async (name: string): Promise<void> => {
    const own = options.processes.find((one) => one.name === name)
    if (own === undefined) throw new Error(`The stack has no process ${name}.`)
    await running.get(name)?.kill()
    await begin(own)
  }
  const addresses = {
    goji: apiUrl,
    ...(temporal.uiUrl === undefined ? {} : { temporal: temporal.uiUrl }),
    ...Object.fromEntries(simulators.map(({ name, url }) => [name, url])),
  }
  return { environment: settings, addresses, parts, crash }
}

async function startOwn(
  own: OwnProcess,
  options: { root: string; children: Children; settings: Environment; signal: AbortSignal },
): Promise<Child> {
  const { root, children, settings, signal } = options
  const main = join(root, own.main)
  const child = await children.start(
    nodeProcess({ name: own.name, main, flags: own.flags ?? [], folder: root, environment: settings, graceMs: own.graceMs }),
  )
  await child.listening(120_000, signal)
  return child
}

type PartOptions = Parameters<typeof startPostgres>[0] & Parameters<typeof startTemporal>[0]

/** The database that DATABASE_URL names, else one of our own. */
async function database(options: PartOptions): Promise<{ url: string; description: string }> {
  const { DATABASE_URL: given } = options.environment
  return given ? givenDatabase(given) : startPostgres(options)
}

/** The server that TEMPORAL_ADDRESS names, else one of our own. */
async function engine(options: PartOptions): Promise<{ address: string; uiUrl: string | undefined; description: string }> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace = 'default', TEMPORAL_UI_URL: uiUrl } = options.environment
  return address ? { ...(await givenTemporal(address, namespace)), uiUrl } : startTemporal(options)
}
