import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { writeAdapter } from '../../scripts/new-adapter.ts'
import { rules } from '../tidy/rules.ts'
import { providerRule } from '../tidy/provider-names.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What an adapter and the contract suites stand on, and nothing else: above all, no other adapter. */
const NEEDED = [
  'domain',
  'adapters/kit',
  'test/contract',
  'test/support',
  'package.json',
  'tsconfig.json',
  'eslint.config.mjs',
  '.prettierrc.json',
]

/**
 * A new channel and a new gateway, made as by `npm run new:channel` and `npm run new:gateway`, in a tree of their own that
 * holds no other adapter: they pass the types, the linter, the house rules and the contract suites as they are.
 */
describe('a new adapter', () => {
  const tree = mkdtempSync(join(tmpdir(), 'new-adapter-'))
  let files: string[] = []
  const run = (command: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'node_modules', command), ...args], {
      cwd: tree,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
    })
    return { status, output: `${stdout}${stderr}` }
  }

  beforeAll(async () => {
    for (const path of NEEDED) {
      mkdirSync(join(tree, path, '..'), { recursive: true })
      // Whole suites are started by the hooks of the run; a new adapter needs no database and no Temporal.
      const wanted = (from: string): boolean => !/global-(setup|teardown)\.ts$/.test(from)
      cpSync(join(ROOT, path), join(tree, path), { recursive: true, filter: wanted })
    }
    for (const kind of ['channels', 'gateways']) mkdirSync(join(tree, 'adapters', kind), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
    writeFileSync(join(tree, 'jest.config.mjs'), readFileSync(join(ROOT, 'jest.config.mjs'), 'utf8'))
    files = [...(await writeAdapter(tree, 'channel', 'river-mail')), ...(await writeAdapter(tree, 'gateway', 'moon-bank'))]
  }, 60_000)
  afterAll(() => rmSync(tree, { recursive: true }))

  it('is one folder, and bears its name in every form', () => {
    expect(
      files.map((file) => relative(tree, file)).every((file) => /^adapters\/(channels\/river-mail|gateways\/moon-bank)\//.test(file)),
    ).toBe(true)
    const text = files.map((file) => readFileSync(file, 'utf8')).join('\n')
    for (const word of ['RIVER_MAIL_SECRET', 'createRiverMailChannel', "name: 'river-mail'", 'MOON_BANK_URL', 'openMoonBank'])
      expect(text).toContain(word)
    expect(text).not.toMatch(/sample/i)
    expect(text).toContain('YOURS:')
  })

  it('keeps the house rules', () => {
    for (const rule of [...rules, providerRule('adapters/channels/river-mail'), providerRule('adapters/gateways/moon-bank')]) {
      const found = files.filter((file) => rule.covers(relative(tree, file)) && rule.find(readFileSync(file, 'utf8')).length > 0)
      expect({ rule: rule.name, found }).toEqual({ rule: rule.name, found: [] })
    }
  })

  it('passes the types, the linter and the format', () => {
    writeFileSync(
      join(tree, 'tsconfig.json'),
      JSON.stringify({ ...(JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as object), include: ['adapters/**/*.ts'] }),
    )
    expect(run('typescript/bin/tsc', '-p', '.', '--incremental', 'false', '--tsBuildInfoFile', 'null')).toEqual({ status: 0, output: '' })
    expect(run('eslint/bin/eslint.js', 'adapters/channels', 'adapters/gateways')).toEqual({ status: 0, output: '' })
    expect(run('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', 'adapters/channels', 'adapters/gateways')).toEqual({
      status: 0,
      output: '',
    })
  }, 240_000)

  it('passes the contract suites and its own tests as it is', () => {
    const { status, output } = run(
      'jest/bin/jest.js',
      '--config',
      'jest.config.mjs',
      'test/contract/(channel|gateway).contract',
      'adapters',
    )
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' })
    const [, passed] = /Tests:\s+(\d+) passed, \d+ total/.exec(output) ?? []
    expect(Number(passed)).toBeGreaterThan(100)
  }, 240_000)

  it.each([
    ['River', /is no name of a folder/],
    ['../escape', /is no name of a folder/],
    ['moon-bank', /is there already/],
  ])('is refused under the name "%s"', async (name, message) => {
    await expect(writeAdapter(tree, 'gateway', name)).rejects.toThrow(message)
  })
})
