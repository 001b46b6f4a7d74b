import type { z } from 'zod'
import type { Headers } from '../../../kit/signature.ts'
import type { Deliveries } from './deliveries.ts'
import type { Faults } from './faults.ts'
import { Refusal } from './refusal.ts'

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body: Buffer
}

export interface Desk {
  readonly deliveries: Deliveries
  readonly faults: Faults
  readonly seed: number
  /** The request key of each relay. */
  readonly keys: ReadonlyMap<string, Buffer>
}

/** The body of a request, in its shape. @throws Refusal `body_malformed`, `body_invalid`. */
export function read<T>(schema: z.ZodType<T>, { body }: Request): T {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal(400, 'body_malformed')
  }
  const result = schema.safeParse(json)
  if (!result.success) throw new Refusal(422, 'body_invalid')
  return result.data
}
