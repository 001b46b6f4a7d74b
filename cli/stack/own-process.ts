import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { ChildSpec } from './process.ts'

export interface NodeProcess {
  readonly name: string
  /** The TypeScript file that it runs. */
  readonly main: string
  readonly flags: readonly string[]
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly graceMs: number
}

/** A process of Node that runs one of our TypeScript files, wherever its folder is. */
export function nodeProcess({ name, main, flags, folder, environment, graceMs }: NodeProcess): ChildSpec {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return { name, command: process.execPath, args: ['--import', loader, main, ...flags], folder, environment, graceMs }
}
