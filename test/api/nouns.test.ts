import { describe, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { describeApi } from '../../api/openapi.ts'
import { NO_NOUNS, nouns } from '../../scripts/list-nouns.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const document = describeApi(endpoints, 'http://127.0.0.1:3000') as any

describe.each(nouns().map((noun) => [noun.path, noun] as const))('the noun %s', (path, { list, read, events }) => {
  it('has a list with a cursor', () => {
    expect(list).toBeDefined()
    const names = (document.paths[path].get.parameters as { name: string }[]).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['limit', 'cursor']))
    const answer = document.paths[path].get.responses['200'].content['application/json']
    expect(Object.keys(answer.schema.properties)).toEqual(['data', 'nextCursor'])
    expect(list?.refusals?.[400]).toContain('cursor_invalid')
  })

  it('can be read', () => expect(read).toBeDefined())

  it('tells what happened to it, a page at a time', () => {
    expect(events).toBeDefined()
    expect(Object.keys(events?.query?.shape ?? {})).toEqual(expect.arrayContaining(['limit', 'cursor']))
    expect(events?.refusals?.[400]).toContain('cursor_invalid')
  })
})

const operations = endpoints.map((endpoint) => [endpoint.operationId, endpoint, document.paths[endpoint.path][endpoint.method]] as const)

describe.each(operations)('the operation %s', (_, endpoint, operation) => {
  it('says how fresh its answer is and who may ask', () => {
    expect(operation.description).toMatch(/(Strongly|Eventually) consistent\./)
    if (endpoint.access === 'public') expect(operation.security).toEqual([])
    else for (const scope of endpoint.access) expect(operation.description).toContain(`\`${scope}\``)
  })

  it('has an example that is true of every answer and of its body', () => {
    for (const { schema, example } of Object.values(endpoint.answers)) expect(schema.safeParse(example).error).toBeUndefined()
    if (endpoint.body === undefined || endpoint.body.safeParse(undefined).success) return
    expect(endpoint.bodyExample).toBeDefined()
    expect(endpoint.body.safeParse(endpoint.bodyExample).error).toBeUndefined()
  })

  it('answers a problem to whatever it refuses', () => {
    const refusals = Object.entries(operation.responses as Record<string, { content?: object }>).filter(([status]) => /^[45]/.test(status))
    expect(refusals.length).toBeGreaterThan(0)
    for (const [status, { content = {} }] of refusals) {
      if (endpoint.answers[Number(status)] === undefined)
        expect([status, Object.keys(content)]).toEqual([status, ['application/problem+json']])
    }
  })
})

it('knows every word of the paths as a noun, or as something else on purpose', () => {
  const known = [...nouns().map(({ path }) => path), ...NO_NOUNS]
  for (const { path } of endpoints.filter((one) => one.path.startsWith('/v1/')))
    expect([path, known.some((noun) => path === noun || path.startsWith(`${noun}/`))]).toEqual([path, true])
})
