import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'
import type { DataFolder } from './data-folder.ts'
import type { Ports } from './ports.ts'
import type { Child, Children } from './process.ts'
import { temporalBinary } from './temporal-binary.ts'
import { addSearchAttributes, connectTo, setRetention } from './temporal-namespace.ts'

export interface TemporalOptions {
  readonly data: DataFolder
  readonly children: Children
  readonly ports: Ports
  readonly environment: Readonly<Record<string, string | undefined>>
  /** For tests: nothing is written to disk, there is no page, and any free port will do. */
  readonly fast?: boolean
  readonly signal: AbortSignal
  readonly note: (line: string) => void
  /** Hears again and again how far it is, while the command is fetched or built. */
  readonly status?: (text: string) => void
}

export interface RunningTemporal {
  /** Host and port of the frontend. */
  readonly address: string
  /** Where the page is; undefined where there is none of ours. */
  readonly uiUrl: string | undefined
  readonly description: string
  stop(): Promise<void>
}

const NAMESPACE = 'default'
const USUAL_PORT = 7233
const USUAL_UI_PORT = 8233

/**
 * SQLite's own defaults wait for the disk several times per step of a workflow. With a write-ahead log that is synced at
 * its checkpoints a bill's life costs half the CPU and a fifth of the time; killing the process still loses nothing.
 */
const PRAGMAS = ['journal_mode=wal', 'synchronous=normal']

/** One partition per task queue, as one process serves them all; shares by institution, and a first activity without a trip through its queue, as in production. */
const DYNAMIC_CONFIG = [
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  'matching.enableFairness=true',
  'system.enableActivityEagerExecution=true',
]

/**
 * Starts Temporal's development server on the data folder and prepares its namespace.
 * @throws GojiError `temporal_missing`, `process_failed`.
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const binary = await temporalBinary({ ...options, ownFolder: options.data.folder('bin') })
  const frontend = await options.ports.choose('temporal', options.fast ? undefined : USUAL_PORT)
  const ui = options.fast ? undefined : await options.ports.choose('temporal-ui', USUAL_UI_PORT)
  for (const { port, insteadOf } of [frontend, ...(ui ? [ui] : [])]) {
    if (insteadOf !== undefined) options.note(`Temporal listens on port ${port}, as ${insteadOf} is taken.`)
  }
  const folder = options.data.folder('temporal')
  const child = await options.children.start({
    name: 'temporal',
    command: binary,
    args: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${frontend.port}`,
      '--log-level=warn',
      ...(ui ? [`--ui-port=${ui.port}`] : ['--headless']),
      ...(options.fast ? [] : storeFlags(folder)),
      ...Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `--search-attribute=${name}=${type}`),
      ...DYNAMIC_CONFIG.map((value) => `--dynamic-config-value=${value}`),
    ],
    environment: { PATH: options.environment['PATH'], HOME: folder },
    folder,
    graceMs: 10_000,
  })
  const address = `127.0.0.1:${frontend.port}`
  await prepareWhenServing(address, child, options.signal)
  writeFileSync(servedMarker(folder), '')
  return { address, uiUrl: ui && `http://127.0.0.1:${ui.port}`, description: binary, stop: () => child.stop() }
}

const servedMarker = (folder: string): string => join(folder, 'served')

function storeFlags(folder: string): string[] {
  const file = join(folder, 'temporal.db')
  // The server makes its tables only where there is no file: one that it never served from may be half made.
  if (existsSync(file) && !existsSync(servedMarker(folder)))
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
  return [`--db-filename=${file}`, ...PRAGMAS.map((pragma) => `--sqlite-pragma=${pragma}`)]
}

async function prepareWhenServing(address: string, child: Child, signal: AbortSignal): Promise<void> {
  const connection = await child.until(() => connectTo(address).catch(notYet), 60_000, signal)
  try {
    await child.until(() => addSearchAttributes(connection, NAMESPACE).then(() => true, notYet), 60_000, signal)
    await setRetention(connection, NAMESPACE)
  } finally {
    await connection.close()
  }
}

/** While the server starts it refuses in many ways; one that does not cease ends in the patience's own error. */
const notYet = (): undefined => undefined

/**
 * Prepares the namespace on a server that is not ours; how long it keeps closed runs is its owner's affair.
 * @throws Error when it cannot be reached or refuses.
 */
export async function prepareExternalTemporal(address: string, namespace: string): Promise<void> {
  const connection = await connectTo(address)
  try {
    await addSearchAttributes(connection, namespace)
  } finally {
    await connection.close()
  }
}
