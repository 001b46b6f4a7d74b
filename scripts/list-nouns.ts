import { readFileSync } from 'node:fs'
import { endpoints } from '../api/endpoints.ts'
import type { Endpoint } from '../api/endpoint.ts'
import { writePage } from './write-page.ts'

const BEGIN = '<!-- nouns: made by "npm run docs" -->\n'
const END = '<!-- end of nouns -->'

/** A kind of thing that has ids of its own: everything under one word of the paths. */
export interface Noun {
  readonly path: string
  readonly list: Endpoint | undefined
  readonly read: Endpoint | undefined
  readonly events: Endpoint | undefined
  readonly orders: readonly Endpoint[]
}

/** Words under /v1 that name no thing with an id: sums, a look at the deployment, what happened to all things. */
export const NO_NOUNS = ['/v1/reports', '/v1/diagnosis', '/v1/events', '/v1/delivery-reports', '/v1/contacts']

const isUnder = (path: string, { path: other }: Endpoint): boolean => other === path || other.startsWith(`${path}/`)

/** What stands under its institution, by names of its own. */
const OF_INSTITUTIONS = ['/v1/institutions/{id}/policies', '/v1/institutions/{id}/mappings']

/** The nouns of the API, with what can be asked about each. */
export function nouns(): Noun[] {
  const top = new Set(endpoints.flatMap(({ path }) => /^\/v1\/[a-z-]+/.exec(path)?.[0] ?? []))
  const paths = [...top]
    .filter((path) => !NO_NOUNS.includes(path))
    .flatMap((path) => (path === '/v1/institutions' ? [path, ...OF_INSTITUTIONS] : [path]))
  // What has no story of its own is told of in the log of its institution.
  const log = endpoints.find(({ path }) => path === '/v1/institutions/{id}/events')
  return paths.map((path) => {
    const own = endpoints.filter(
      (one) => isUnder(path, one) && (OF_INSTITUTIONS.includes(path) || !OF_INSTITUTIONS.some((named) => isUnder(named, one))),
    )
    const get = (suffix: string): Endpoint | undefined => own.find((one) => one.method === 'get' && one.path === `${path}${suffix}`)
    return {
      path,
      list: get(''),
      read: get('/{id}') ?? get('/{name}') ?? get('/{kind}/{name}'),
      events:
        get('/{id}/events') ??
        get('/{name}/versions') ??
        get('/{id}/attempts') ??
        get('/{kind}/{name}/events') ??
        (OF_INSTITUTIONS.includes(path) ? log : undefined),
      orders: own.filter(({ method }) => method !== 'get'),
    }
  })
}

const said = (endpoint: Endpoint | undefined): string =>
  endpoint === undefined ? '-' : `\`${endpoint.path.split('/').at(-1)}\`, ${endpoint.consistency === 'strong' ? 'strong' : 'eventual'}`

function table(): string {
  const rows = nouns().map(({ path, list, read, events, orders }) => {
    const filters = Object.keys(list?.query?.shape ?? {}).filter((name) => name !== 'limit' && name !== 'cursor')
    return [
      `\`${path}\``,
      list === undefined
        ? '-'
        : `${list.consistency}${filters.length > 0 ? `; by ${filters.map((name) => `\`${name}\``).join(', ')}` : ''}`,
      read === undefined ? '-' : read.consistency,
      said(events),
      orders.map(({ operationId }) => `\`${operationId}\``).join(', ') || '-',
    ]
  })
  return [['Noun', 'List', 'Read', 'What happened', 'Orders'], Array(5).fill('---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** docs/api.md with its table of nouns as the API is now. */
export function listNouns(): string {
  const page = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8')
  const [before, rest = ''] = page.split(BEGIN)
  return `${before}${BEGIN}\n${table()}\n\n${END}${rest.split(END)[1] ?? ''}`
}

writePage(import.meta.url, 'api.md', listNouns)
