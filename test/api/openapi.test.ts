import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from '@jest/globals'
import type { Express } from 'express'
import { pino } from 'pino'
import { createApp } from '../../api/app.ts'
import { endpoints } from '../../api/endpoints.ts'
import { describeApi } from '../../api/openapi.ts'
import type { Root } from '../../composition/root.ts'

const BASE = 'http://127.0.0.1:3000'
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const document = describeApi(endpoints, BASE) as any

it('is valid by the linter, without a warning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'goji-openapi-'))
  const file = join(folder, 'openapi.json')
  await writeFile(file, JSON.stringify(document))
  const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin', 'cli.js')
  const lint = promisify(execFile)(process.execPath, [cli, 'lint', file, '--format', 'json'], {
    env: { ...process.env, NODE_OPTIONS: '', REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  const { stdout } = await lint.catch((error: { stdout: string }) => error)
  await rm(folder, { recursive: true })
  expect(JSON.parse(stdout.slice(stdout.indexOf('{')))).toMatchObject({ totals: { errors: 0, warnings: 0 } })
})

it('has every route of the app, and the app every operation', () => {
  const root = { config: { GOJI_BASE_URL: BASE, GOJI_LOG_LEVEL: 'silent' }, clock: { now: () => 0 } } as unknown as Root
  const app = createApp(root, pino({ level: 'silent' }))
  const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(routesOf(app)).toEqual(described.sort())
})

/**
 * Routes of the app itself; the reference's pages and the citizens' are routers of their own. One that takes every method
 * answers 405 to those that its path does not know.
 */
function routesOf(app: Express): string[] {
  const layers = (app.router as unknown as { stack: { route?: { path: string; methods: Record<string, boolean> } }[] }).stack
  return layers
    .flatMap(({ route }) => (route ? [{ path: route.path.replace(/:([a-z]+)/g, '{$1}'), methods: Object.keys(route.methods) }] : []))
    .filter(({ methods }) => methods.length === 1)
    .map(({ path, methods }) => `${methods[0]} ${path}`)
    .sort()
}

it.each(endpoints.map((endpoint) => [endpoint.operationId, endpoint] as const))(
  '%s says what it does, for whom, how fresh, what it refuses, with examples that are true',
  (_, endpoint) => {
    const operation = document.paths[endpoint.path][endpoint.method]
    expect(operation.summary.length).toBeGreaterThan(5)
    expect(operation.description).toMatch(/(Strongly|Eventually) consistent\./)
    const refusals = Object.keys(operation.responses).filter((status) => status.startsWith('4') || status.startsWith('5'))
    expect(refusals.length).toBeGreaterThan(0)
    if (endpoint.access !== 'public') expect(refusals).toEqual(expect.arrayContaining(['400', '401', '403', '500', '503']))
    for (const { schema, example } of Object.values(endpoint.answers)) expect(() => schema.parse(example)).not.toThrow()
    if (endpoint.body && endpoint.bodyExample !== undefined) expect(() => endpoint.body?.parse(endpoint.bodyExample)).not.toThrow()
    if (endpoint.access !== 'public' && endpoint.method === 'post') {
      expect(operation.parameters).toContainEqual(expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }))
    }
  },
)

it('has no two operations of one name, and names no object that is open', () => {
  const names = endpoints.map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
  const open = Object.entries(document.components.schemas as Record<string, { type?: string; additionalProperties?: unknown }>)
    .filter(([, schema]) => schema.type === 'object' && schema.additionalProperties !== false)
    .map(([name]) => name)
  expect(open).toEqual([])
})

/** Where objects of any depth are open, by their paths; a map from names to a schema is closed by that schema. */
function openObjects(of: unknown, at: string, seen = new Set<string>()): string[] {
  if (of === null || typeof of !== 'object') return []
  const schema = of as Record<string, unknown>
  const reference = schema['$ref']
  if (typeof reference === 'string') {
    if (seen.has(reference)) return []
    const name = reference.replace('#/components/schemas/', '')
    return openObjects(document.components.schemas[name], `${at}<${name}>`, new Set([...seen, reference]))
  }
  const isObject = schema['type'] === 'object' || schema['properties'] !== undefined
  const more = schema['additionalProperties']
  const open = isObject && more !== false && (more === undefined || more === true || Object.keys(more as object).length === 0)
  return [...(open ? [at] : []), ...Object.entries(schema).flatMap(([key, inner]) => openObjects(inner, `${at}/${key}`, seen))]
}

it('lets no request carry a property that is not known, at any depth', () => {
  const bodies = Object.entries(
    document.paths as Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => [`${method} ${path}`, requestBody?.content ?? {}] as const),
  )
  expect(bodies.filter(([, content]) => 'application/json' in content).length).toBeGreaterThan(20)
  expect(bodies.flatMap(([name, content]) => openObjects(content['application/json'], name))).toEqual([])
  // Proof that it sees one deep inside.
  expect(
    openObjects({ type: 'object', additionalProperties: false, properties: { a: { items: { type: 'object', properties: {} } } } }, 'x'),
  ).toEqual(['x/properties/a/items'])
})
