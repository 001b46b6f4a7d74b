import { z } from 'zod'
import { type Reading, readingSchema } from '../../batches/reading.ts'
import { readMappingFile } from '../run/read-mapping.ts'

/** A mapping as it is written by hand, or as `goji mappings get -o json` prints a stored one. */
const fileSchema = z.preprocess(
  (json) => (typeof json === 'object' && json !== null && 'mapping' in json ? json.mapping : json),
  readingSchema,
)

/** Reads the mapping of a batch. @throws GojiError `mapping_unreadable`, `mapping_invalid`. */
export const readBatchMapping = (path: string): Promise<Reading> => readMappingFile(path, fileSchema)
