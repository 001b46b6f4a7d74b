import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { providerRule } from './provider-names.ts'
import { type Rule, rules } from './rules.ts'

// Goal: what the house rules forbid is found here, with what to write in its place, before anyone has to say it.
// Method: every text file that git tracks or would track is read once and asked by every rule.

const root = fileURLToPath(new URL('../../', import.meta.url))
const TEXT = /(?:^|\/)(?:\.[\w-]+|[A-Z]+|run)$|\.(?:ts|mjs|cjs|sql|md|json|ya?ml|css|html|svg|sh|csv|tpl|txt|toml)$/

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  // The rules themselves spell out what they look for.
  .filter((path) => TEXT.test(path) && path !== 'package-lock.json' && !path.startsWith('test/tidy/') && existsSync(root + path))
  .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }))

const providers = ['adapters/channels', 'adapters/gateways', 'adapters/providers'].flatMap((folder) =>
  readdirSync(root + folder).map((name) => `${folder}/${name}`),
)

const findings = ({ covers, find, instead }: Rule, { path, text }: { path: string; text: string }): string[] =>
  covers(path) ? find(text).map((line) => `${path}:${line}: ${text.split('\n')[line - 1]?.trim()} → ${instead}`) : []

it('reads the whole repository', () => {
  expect(files.length).toBeGreaterThan(300)
  expect(providers).toEqual(expect.arrayContaining(['adapters/channels/email', 'adapters/gateways/sandbox']))
})

const everyRule = [...rules, ...providers.map(providerRule)]

describe.each(everyRule)('$name', (rule) => {
  it('holds everywhere', () => {
    expect(files.flatMap((file) => findings(rule, file))).toEqual([])
  })
})

// A provider that is not here yet: its name is a word of its own, and is found in any form.
const unseen = providerRule('adapters/gateways/toss-pay')

describe.each([...everyRule, unseen])('the rule "$name"', ({ covers, find, planted }) => {
  it('covers the file of its sample', () => {
    expect(covers(planted.path)).toBe(true)
  })

  it.each(planted.bad)('finds %j', (sample) => {
    expect(find(sample)).not.toEqual([])
  })

  it.each(planted.good)('lets %j pass', (sample) => {
    expect(find(sample)).toEqual([])
  })
})

it('a provider with a name of its own is found within other names and in comments', () => {
  const found = ['fetchTossPayStatus()', 'TossPayClient', '// asks toss-pay again', 'TOSS_PAY_KEY', "'tosspay'"].map(
    (sample) => unseen.find(sample).length,
  )
  expect(found).toEqual([1, 1, 1, 1, 1])
  expect(unseen.find('tossed a coin')).toEqual([])
  expect(unseen.covers('adapters/gateways/toss-pay/client.ts')).toBe(false)
  expect(unseen.covers('examples/korea/policy.ts')).toBe(false)
})
