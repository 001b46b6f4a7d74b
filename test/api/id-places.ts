import { endpoints } from '../../api/endpoints.ts'
import type { Endpoint } from '../../api/endpoint.ts'
import { describeApi } from '../../api/openapi.ts'
import type { IdPrefix } from '../../store/ids.ts'

/** A place of a request where an id may stand. */
export interface IdPlace {
  readonly endpoint: Endpoint
  readonly where: 'path' | 'query' | 'body'
  /** Name of the parameter, or JSON pointer into the body. */
  readonly at: string
  readonly prefix: IdPrefix
}

type Schema = Readonly<Record<string, unknown>>

const ID = /^\^([a-z]{3,4})_\[0-9a-z\]\{26\}\$$/

/** Every such place of every operation that needs a key, as the reference describes them: a new one is found by itself. */
export function idPlaces(): IdPlace[] {
  const document = describeApi(endpoints, 'http://127.0.0.1') as unknown as {
    paths: Record<
      string,
      Record<string, { parameters?: { in: string; name: string; schema: Schema }[]; requestBody?: { content: object } }>
    >
    components: { schemas: Record<string, Schema> }
  }
  const walk = (schema: Schema | undefined, at: string): { at: string; prefix: IdPrefix }[] => {
    if (schema === undefined) return []
    const { $ref, pattern, properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema as Record<string, never>
    if (typeof $ref === 'string') return walk(document.components.schemas[($ref as string).split('/').at(-1) ?? ''], at)
    const prefix = typeof pattern === 'string' ? ID.exec(pattern)?.[1] : undefined
    return [
      ...(prefix === undefined ? [] : [{ at, prefix: prefix as IdPrefix }]),
      ...Object.entries(properties as Record<string, Schema>).flatMap(([name, inner]) => walk(inner, `${at}/${name}`)),
      ...walk(items, `${at}/0`),
      ...[...(anyOf as Schema[]), ...(oneOf as Schema[]), ...(allOf as Schema[])].flatMap((inner) => walk(inner, at)),
    ]
  }
  return endpoints
    .filter(({ access }) => access !== 'public')
    .flatMap((endpoint) => {
      const operation = document.paths[endpoint.path]?.[endpoint.method]
      const inParameters = (operation?.parameters ?? []).flatMap(({ in: where, name, schema }) =>
        walk(schema, '').map(({ prefix }) => ({ endpoint, where: where as 'path' | 'query', at: name, prefix })),
      )
      const json = (operation?.requestBody?.content as Record<string, { schema?: Schema }> | undefined)?.['application/json']
      return [...inParameters, ...walk(json?.schema, '').map((place) => ({ endpoint, where: 'body' as const, ...place }))]
    })
}

/** A copy of a body with another value at a pointer, on whose way objects and lists are made where none are. */
export function withValueAt(body: unknown, pointer: string, value: unknown): unknown {
  const [, step, ...rest] = pointer.split('/')
  if (step === undefined) return value
  const further = rest.length === 0 ? '' : `/${rest.join('/')}`
  if (step === '0') return [withValueAt(Array.isArray(body) ? (body as unknown[])[0] : undefined, further, value)]
  const object = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return { ...object, [step]: withValueAt(object[step], further, value) }
}
