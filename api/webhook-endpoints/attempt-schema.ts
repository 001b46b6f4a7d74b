import { z } from 'zod'

/** What came of one call to an endpoint. */
export const attemptFields = {
  status: z.number().int().nullable().meta({ description: 'The HTTP status, or null where there was no answer.' }),
  ms: z.number().int().nullable(),
  error: z
    .string()
    .nullable()
    .meta({
      description:
        'Null for a success. `status`, `redirect`: the answer was not 2xx. `timeout`, `refused`, `reset`, `nameNotFound`, `tls`, `malformedAnswer`, `failed`: there was none. ' +
        '`forbiddenAddress`: the URL leads to an address that is never called. `interrupted`: the call may have arrived, nobody knows.',
    }),
  answer: z.string().nullable().meta({ description: 'The first 1,000 bytes of the answer.' }),
}
