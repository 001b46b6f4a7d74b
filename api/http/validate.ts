import type { z } from 'zod'
import { invalid, type GojiError, notFound } from '../../domain/errors.ts'
import { RequestError } from '../problem.ts'
import { codeOf, pointerOf } from '../../schemas/refusal.ts'

type Issue = z.core.$ZodIssue

/** Path parts that do not look like what they name are not found, as if they had been looked up. */
export function validParams(schema: z.ZodObject | undefined, given: Readonly<Record<string, string>>): unknown {
  if (schema === undefined) return {}
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const noun = schema.meta()?.['noun']
  throw notFound(typeof noun === 'string' ? noun : 'path')
}

/** @throws RequestError (400) `parameter_unknown`, `parameter_invalid`: also for NUL, which PostgreSQL keeps in no text. */
export function validQuery(schema: z.ZodObject | undefined, given: Record<string, string>): unknown {
  const [unknown] = Object.keys(given).filter((name) => schema === undefined || !Object.hasOwn(schema.shape, name))
  if (unknown !== undefined)
    throw new RequestError(400, 'parameter_unknown', 'A parameter of the query is not known here. Check its spelling.')
  if (schema === undefined) return {}
  const parsed = schema.safeParse({ ...given })
  const nul = Object.keys(given).find((name) => given[name]?.includes('\0'))
  if (nul !== undefined)
    throw new RequestError(400, 'parameter_invalid', `The parameter "${nul}" has a NUL character. Leave it out.`, {
      pointer: pointerOf([nul]),
    })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0] as Issue
  throw new RequestError(400, 'parameter_invalid', `The parameter "${String(issue.path[0])}" is not valid. ${issue.message}`, {
    pointer: pointerOf(issue.path),
  })
}

/** @throws GojiError (invalid) with the pointer of the first field at fault; RequestError (400) `body_missing`. */
export function validBody(schema: z.ZodType, given: unknown): unknown {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  if (given === undefined) throw new RequestError(400, 'body_missing', 'The request needs a body: one JSON object.')
  throw refusalOf(parsed.error.issues[0] as Issue, given)
}

function refusalOf(issue: Issue, given: unknown): GojiError {
  if (issue.code === 'unrecognized_keys') {
    return invalid(
      'property_unknown',
      'A property is not known here. Check its spelling, or leave it out.',
      pointerOf([...issue.path, issue.keys[0] ?? '']),
    )
  }
  const pointer = pointerOf(issue.path)
  if (issue.code === 'invalid_type' && valueAt(given, issue.path) === undefined)
    return invalid('property_missing', 'A property that is needed is missing.', pointer)
  if (issue.code === 'invalid_type') return invalid('type_wrong', `The value has another type than it needs: ${issue.expected}.`, pointer)
  return invalid(codeOf(issue), issue.message, pointer)
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  )
