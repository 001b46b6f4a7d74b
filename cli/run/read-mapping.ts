import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { type Mapping, mappingSchema } from './mapping.ts'

/** A mapping is a page or two of JSON. */
const MAPPING_BYTES_MAX = 1024 * 1024

/** Reads the mapping of a run. @throws GojiError as `readMappingFile` does. */
export const readMapping = (path: string): Promise<Mapping> => readMappingFile(path, mappingSchema)

/**
 * Reads a mapping, which says how a file of bills is read.
 * @throws GojiError `mapping_unreadable`, or `mapping_invalid` with every wrong field by its JSON pointer.
 */
export async function readMappingFile<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw invalid(
      'mapping_unreadable',
      `The mapping ${path} cannot be read (${error.code ?? error.message}). Check the path; docs/mapping.md has an example.`,
    )
  })
  if (text.length > MAPPING_BYTES_MAX)
    throw invalid('mapping_invalid', `The mapping ${path} is longer than 1 MiB. Was the file of bills named in its place?`)
  const result = schema.safeParse(parse(path, text))
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => `\n  ${pointerOf(issue)}: ${issue.message}`)
  throw invalid('mapping_invalid', `The mapping ${path} cannot be used; docs/mapping.md explains its fields.${issues.join('')}`)
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw invalid('mapping_invalid', `The mapping ${path} is not JSON (${(error as Error).message}). docs/mapping.md has an example.`)
  }
}

const pointerOf = ({ path }: z.core.$ZodIssue): string =>
  path.length === 0 ? 'the whole' : path.map((part) => `/${String(part)}`).join('')
