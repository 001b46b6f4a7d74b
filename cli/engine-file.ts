import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { conflict } from '../domain/errors.ts'
import type { Engine } from './engine.ts'
import { replaceFile } from './stack/replace-file.ts'

const FILE = 'goji.json'

const schema = z.object({
  url: z.string(),
  key: z.string(),
  gateway: z.string().optional(),
  simulators: z.array(
    z.object({ kind: z.enum(['channel', 'gateway']), name: z.string(), url: z.string(), secrets: z.record(z.string(), z.string()) }),
  ),
  addresses: z.record(z.string(), z.string()),
})

/** Where the stack on a data folder answers and its keys, so that other commands find it: for its owner's eyes alone. */
export function writeEngineFile(dataFolder: string, engine: Engine): void {
  replaceFile(join(dataFolder, FILE), `${JSON.stringify(engine, null, 2)}\n`, 0o600)
}

/** What the last stack on a data folder wrote, whether or not it still runs; null where none did. @throws GojiError `engine_file_invalid`. */
export function readEngineFile(dataFolder: string): Engine | null {
  const path = join(dataFolder, FILE)
  if (!existsSync(path)) return null
  try {
    const { gateway, ...engine } = schema.parse(JSON.parse(readFileSync(path, 'utf8')))
    return { ...engine, gateway }
  } catch {
    throw conflict(
      'engine_file_invalid',
      `${path} cannot be read as what "goji up" writes. Stop the engine, take the file away and start it again.`,
    )
  }
}
