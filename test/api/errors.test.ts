import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import { refusalsOf } from '../../api/openapi-refusals.ts'
import { machines } from '../../domain/states/index.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Codes that only the command line words. */
const CLI_FOLDERS = ['cli', 'client']
const FOLDERS = ['api', 'domain', 'formats', 'store', 'composition', 'web', 'adapters', 'batches', 'schemas']
/** Where a code is given to an error that a caller sees. */
const MAKERS = [
  /\b(?:invalid|conflict)\(\s*['"]([a-z_0-9]+)['"]/g,
  /\b(?:NoAnswer|unreachable)\(\s*['"]([a-z_0-9]+)['"]/g,
  /\bGojiError\(\s*['"]\w+['"],\s*['"]([a-z_0-9]+)['"]/g,
  /\bsuper\(\s*['"]\w+['"],\s*['"]([a-z_0-9]+)['"]/g,
  /\bLimitError\(\s*['"]([a-z_0-9]+)['"]/g,
  /\bRequestError\(\s*\d+,\s*['"]([a-z_0-9]+)['"]/g,
  /\bparams: \{ code: ['"]([a-z_0-9]+)['"]/g,
  /\bstatus: \d+,\s*code: ['"]([a-z_0-9]+)['"]/g,
]
/** Codes that are put together, by the file that does it. */
const COMPOSED: Readonly<Record<string, readonly string[]>> = {
  'api/http/validate.ts': ['value_invalid'],
  'api/problem.ts': ['database_unavailable', 'engine_unavailable'],
  'composition/adapters.ts': ['channel_unknown', 'gateway_unknown'],
  'domain/states/table.ts': machines.map(({ name }) => `${name}_transition_illegal`),
}

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'simulator' ? [] : sources(`${folder}/${entry.name}`)
    return entry.name.endsWith('.ts') && !/\.test\.ts$|harness\.ts$/.test(entry.name) ? [`${folder}/${entry.name}`] : []
  })
}

function usedCodes(folders = FOLDERS): Set<string> {
  const used = new Set<string>()
  for (const file of folders.flatMap(sources)) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const maker of MAKERS) for (const [, code] of text.matchAll(maker)) used.add(code ?? '')
    for (const [, noun] of text.matchAll(/\bnotFound\(\s*['"](\w+)['"]/g)) used.add(`${noun}_not_found`)
    for (const code of COMPOSED[file] ?? []) used.add(code)
  }
  return used
}

/** Codes of the page with the status of their section; 0 for those of the command line. */
function documentedCodes(): Map<string, number> {
  const codes = new Map<string, number>()
  let status = 0
  for (const row of readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').split('\n')) {
    status = row === '## At the command line' ? 0 : Number(/^## (\d{3}) /.exec(row)?.[1] ?? status)
    const code = /^\| `([a-z_0-9]+)` \|/.exec(row)?.[1]
    if (code !== undefined) codes.set(code, status)
  }
  return codes
}

describe('docs/errors.md', () => {
  const documented = documentedCodes()

  it('has every code that the code uses, and no other', () => {
    const answered = [...documented].filter(([, status]) => status !== 0).map(([code]) => code)
    expect(answered.sort()).toEqual([...usedCodes()].sort())
  })

  it('has every code that only the command line words, and no other', () => {
    const known = usedCodes()
    const worded = [...documented].filter(([, status]) => status === 0).map(([code]) => code)
    expect(worded.sort()).toEqual([...usedCodes(CLI_FOLDERS)].filter((code) => !known.has(code)).sort())
  })

  it.each(endpoints.map((endpoint) => [endpoint.operationId, endpoint] as const))(
    'gives every refusal of %s the status that it has',
    (_, endpoint) => {
      for (const [status, codes] of Object.entries(refusalsOf(endpoint))) {
        for (const code of codes) expect({ code, status: documented.get(code) }).toEqual({ code, status: Number(status) })
      }
    },
  )
})
