import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GojiError, invalid } from '../domain/errors.ts'
import type { Engine } from './engine.ts'
import { readEngineFile } from './engine-file.ts'
import { isHeld, LOCK_FILE } from './stack/lock.ts'

/** The root of the clone. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Where `goji up` keeps everything, unless `--data` says otherwise. */
export const DATA_FOLDER = resolve(ROOT, '.goji')
/** Where the stack of a `goji run` lives: each run begins with an empty one, so that its report is about its own bills. */
export const RUN_FOLDER = resolve(ROOT, '.goji-run')

/** Where the stack of a `goji demo` lives, where no other engine runs. */
export const DEMO_FOLDER = resolve(ROOT, '.goji-demo')

/** The environment, read here and nowhere else in the command line. */
export const environment: Readonly<Record<string, string | undefined>> = process.env

export interface EngineFlags {
  readonly url?: string | undefined
  readonly key?: string | undefined
}

/**
 * The engine that was named by flags or by GOJI_URL and GOJI_KEY, else the one that runs here;
 * null where there is neither. The key of that one goes to no other address, and to nobody who answers at its address
 * once it has stopped.
 * @throws GojiError `url_invalid`, `key_missing`.
 */
export function findEngine(flags: EngineFlags, env = environment, dataFolder = DATA_FOLDER): Engine | null {
  const url = flags.url ?? env['GOJI_URL']
  const key = flags.key ?? env['GOJI_KEY']
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    throw invalid('url_invalid', `"${url}" is not the address of an engine. Write one such as http://127.0.0.1:3000.`)
  }
  const base = url?.replace(/\/+$/, '')
  const local = isHeld(join(dataFolder, LOCK_FILE)) ? readEngineFile(dataFolder) : null
  if (local !== null && (base === undefined || base === local.url)) return { ...local, key: key ?? local.key }
  if (base === undefined) return null
  if (key === undefined) throw invalid('key_missing', `An API key for ${base} is needed: --key, or GOJI_KEY in the environment.`)
  return { url: base, key, gateway: undefined, simulators: [], addresses: { goji: base } }
}

/** As `findEngine`. @throws GojiError `engine_unknown` where there is none. */
export function needEngine(flags: EngineFlags): Engine {
  const engine = findEngine(flags)
  if (engine) return engine
  throw new GojiError(
    'unavailable',
    'engine_unreachable',
    'No engine is known. Start one with "npm start", or name one with --url and --key.',
  )
}
