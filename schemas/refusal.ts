import type { z } from 'zod'

/** JSON pointer of a path into a body. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The stable code of what a schema found: its own where it names one. */
export function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'property_unknown'
  if (issue.code === 'invalid_type') return 'type_wrong'
  const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined
  return typeof code === 'string' ? code : 'value_invalid'
}
