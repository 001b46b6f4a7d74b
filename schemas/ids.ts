import { z } from 'zod'
import type { IdPrefix } from '../store/ids.ts'

export const id = (prefix: IdPrefix): z.ZodString =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`))
    .meta({ example: exampleId(prefix) })

/** An id for the reference, of the right form and of nobody. */
export const exampleId = (prefix: IdPrefix): string => `${prefix}_01hfz3k9q4m7v2x8c5t6w0r3en`.slice(0, prefix.length + 27)

/** Path of one thing. `noun` names what is not found. */
export const idParams = (prefix: IdPrefix, noun: string): z.ZodObject<{ id: z.ZodString }> =>
  z.strictObject({ id: id(prefix) }).meta({ noun })

/** A short name that stands in URLs. */
export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'Use 2 to 63 small letters, digits and hyphens, beginning with a letter or digit.')
