import { z } from 'zod'

const LIMIT_DEFAULT = 50

/** The parameters of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^(?:[1-9][0-9]?|100)$/, 'It has to be a whole number from 1 to 100.')
    .optional()
    .transform((text) => (text === undefined ? LIMIT_DEFAULT : Number(text)))
    .meta({ description: 'Rows per page.', override: { type: 'integer', minimum: 1, maximum: 100, default: LIMIT_DEFAULT } }),
  cursor: z.string().max(400).optional().meta({ description: 'The `nextCursor` of the page before. It fits only the same filters.' }),
}

/** A page of a list. */
export const pageSchema = <Row extends z.ZodType>(
  row: Row,
): z.ZodObject<{ data: z.ZodArray<Row>; nextCursor: z.ZodNullable<z.ZodString> }> =>
  z.strictObject({
    data: z.array(row),
    nextCursor: z.string().nullable().meta({ description: 'Give it as `cursor` for the next page; null on the last.' }),
  })
