import type { Ids } from '../api/belongings.ts'

type Json = Record<string, unknown>

/** What stands for a name that only this deployment knows, by the name of the property or parameter. */
export type Words = Readonly<Record<string, readonly string[]>>

const ID = /^\^([a-z]{3,4})_\[0-9a-z\]\{26\}\$$/
const EXAMPLE_ID = /^([a-z]{3,4})_[0-9a-z]{26}$/

/**
 * The API's own description, in whose requests every id and every name is one that is there: what is made up at random
 * would be refused as unknown and never get to the code behind. The answers stay as they are described. `spare` are ids by
 * operation, of what no other operation needs after it.
 */
export function withRealIds(document: object, ids: Ids, words: Words, spare: Readonly<Record<string, Ids>> = {}): Json {
  const copy = structuredClone(document) as Json
  let known = new Map(Object.entries(ids))
  const schemas = (copy['components'] as { schemas: Record<string, Json> }).schemas

  const real = (schema: unknown, name: string): unknown => {
    if (Array.isArray(schema)) return schema.map((one) => real(one, name))
    if (typeof schema !== 'object' || schema === null) return schema
    const { $ref, pattern, ...rest } = schema as Json
    if (typeof $ref === 'string') return real(schemas[$ref.split('/').at(-1) ?? ''], name)
    const prefix = typeof pattern === 'string' ? ID.exec(pattern)?.[1] : undefined
    const values = prefix === undefined ? undefined : known.get(prefix)
    if (values !== undefined) return { type: 'string', enum: values }
    // Others are refused too, but only once it is seen that they are unknown; so they are not left out.
    if (words[name] !== undefined && rest['type'] === 'string') return { anyOf: [{ type: 'string', enum: words[name] }, schema] }
    if (name === 'amount' && rest['type'] === 'string') return { type: 'string', pattern: '^(0|[1-9][0-9]{0,11})$' }
    const entries = Object.entries(rest).map(([key, inner]) => {
      if (key === 'example' || key === 'examples' || key === 'default') return [key, realExample(inner, name)] as const
      if (key === 'properties') return [key, mapOf(inner as Json, real)] as const
      return [key, real(inner, name)] as const
    })
    return Object.fromEntries([...entries, ...(pattern === undefined ? [] : [['pattern', pattern] as const])])
  }
  const realExample = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => realExample(one, name))
    if (typeof value === 'object' && value !== null) return mapOf(value as Json, realExample)
    if (typeof value !== 'string') return value
    return known.get(EXAMPLE_ID.exec(value)?.[1] ?? '')?.[0] ?? words[name]?.[0] ?? value
  }

  for (const methods of Object.values(copy['paths'] as Record<string, Record<string, Json>>)) {
    for (const operation of Object.values(methods)) {
      known = new Map(Object.entries({ ...ids, ...spare[operation['operationId'] as string] }))
      for (const parameter of (operation['parameters'] ?? []) as Json[]) {
        const name = parameter['name'] as string
        parameter['schema'] = real(parameter['schema'], name)
        // The same key for two requests is an error of the caller.
        if (name === 'Idempotency-Key') (parameter['schema'] as Json)['example'] = undefined
        delete parameter['example']
      }
      const content = ((operation['requestBody'] as Json | undefined)?.['content'] ?? {}) as Record<string, Json>
      for (const media of Object.values(content)) {
        media['schema'] = real(media['schema'], '')
        if ('example' in media) media['example'] = realExample(media['example'], '')
      }
    }
  }
  return JSON.parse(JSON.stringify(copy)) as Json
}

const mapOf = (object: Json, map: (value: unknown, name: string) => unknown): Json =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value, name)]))
