import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import { endpoints } from '../api/endpoints.ts'
import { refusalsOf } from '../api/openapi-refusals.ts'
import { describeApi } from '../api/openapi.ts'

const FILE = new URL('../client/schema.ts', import.meta.url)

const HEAD = `// Made by "npm run client" from the API's own description: change the endpoints, not this file.
// Where two branches changed it, take either side and make it again.
`

/** What types have no use for; the reference at /docs shows it. */
const LEFT_OUT = new Set(['example', 'examples', 'headers'])

/** Refusals are all of one form, and their codes stand in `refusals`. */
const PROBLEM = {
  description: 'Refused, for a reason.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

type Json = Readonly<Record<string, unknown>>

/** The document without what makes its types ten times as long and no better. */
function slim(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => slim(one))
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value as Json).filter(([name]) => parent === 'properties' || !LEFT_OUT.has(name))
  if (parent !== 'responses') return Object.fromEntries(parts.map(([name, one]) => [name, slim(one, name)]))
  const answers = parts.filter(([, one]) => !('application/problem+json' in ((one as { content?: object }).content ?? {})))
  return { ...Object.fromEntries(answers.map(([name, one]) => [name, slim(one)])), default: PROBLEM }
}

const union = (codes: Iterable<string>): string =>
  [...new Set(codes)]
    .sort()
    .map((code) => `"${code}"`)
    .join(' | ')

/** The codes that each operation may refuse with, apart from those that come from how every request is checked. */
function refusalsText(): string {
  const own = (endpoint: (typeof endpoints)[number]): string[] => Object.values(endpoint.refusals ?? {}).flat()
  const common = endpoints.flatMap((endpoint) => Object.values(refusalsOf({ ...endpoint, refusals: {} })).flat())
  const lines = endpoints.map((endpoint) => `    ${endpoint.operationId}: ${union(own(endpoint)) || 'never'};\n`)
  return `/** What any request may be refused for. */
export type commonRefusals = ${union(common)};
/** What each operation may be refused for beside that; docs/errors.md explains every code. */
export interface refusals {
${lines.join('')}}
`
}

/** The types of the whole API, as TypeScript. */
export async function clientSchema(): Promise<string> {
  const document = slim(describeApi(endpoints, 'http://127.0.0.1:3000'))
  const types = astToString(await openapiTS(JSON.stringify(document), { defaultNonNullable: false }))
  const nothing = /^ +(?:(?:query|header|path|cookie|get|put|post|delete|options|head|patch|trace)\??|requestBody\?): never;\n/gm
  return `${HEAD}${types.replace(nothing, '')}${refusalsText()}`
}

/** What client/schema.ts says now. */
export const writtenSchema = (): string => readFileSync(FILE, 'utf8')

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(FILE, await clientSchema())
  console.log('client/schema.ts written')
}
