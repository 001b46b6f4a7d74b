import { z } from 'zod'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../../store/connection.ts'
import { type PolicyRow, readPolicy } from '../../store/institutions/list-policies.ts'
import { id, slug } from '../../schemas/ids.ts'
import { time, toIso } from '../../schemas/time.ts'
import { policyExample, policySchema } from '../../schemas/policy.ts'

export const policyParams = z.strictObject({ id: id('ins'), name: slug.meta({ example: 'vehicle-tax' }) }).meta({ noun: 'institution' })

export const policyVersionSchema = policySchema.extend({ createdAt: time }).meta({ id: 'PolicyVersion' })

export const policyVersionExample = { name: 'vehicle-tax', version: 3, ...policyExample, createdAt: '2026-11-24T00:00:00.000Z' }

/** A version of a query. */
export const version = z
  .string()
  .regex(/^[1-9][0-9]{0,6}$/, 'It has to be the number of a version.')
  .transform(Number)
  .optional()
  .meta({ description: 'The newest where nothing is said.', override: { type: 'integer', minimum: 1 } })

/** A version as it was handed in: what the channels added to it is the engine's own. */
export function policyVersionView({ name, version: number, title_ko: ko, title_en: en, body, created_at: createdAt }: PolicyRow): object {
  const chain = body.chain.map(({ needsAddress: _needsAddress, ...link }) => link)
  return { name, version: number, title: { ko, en }, policy: { ...body, chain }, createdAt: toIso(createdAt) }
}

/** @throws GojiError `policy_not_found`. */
export async function namedPolicy(sql: Queryable, institutionId: string, name: string, number?: number): Promise<PolicyRow> {
  const row = await readPolicy(sql, institutionId, name, number)
  if (!row) throw notFound('policy')
  return row
}
