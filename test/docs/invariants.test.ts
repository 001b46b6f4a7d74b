import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { promises } from '../../scripts/invariant-coverage.ts'
import { invariants } from '../../store/invariants/definitions.ts'
import { describeStore, openStore, type Store } from '../store/support.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

describeStore('docs/invariants.md names only what there is', () => {
  let store: Store
  let refusing: Set<string>
  beforeAll(async () => {
    store = await openStore()
    const rows = await store.admin<{ name: string }[]>`
      select conname as name from pg_constraint where connamespace = 'goji'::regnamespace union select tgname from pg_trigger t join pg_class c on c.oid = tgrelid
      where c.relnamespace = 'goji'::regnamespace union select indexname from pg_indexes where schemaname = 'goji'`
    refusing = new Set(rows.map(({ name }) => name))
  })
  afterAll(() => store.close())

  it('has 27 promises, each with something that checks it or a word why not', () => {
    expect(promises.map(({ id }) => id)).toEqual(Array.from({ length: 27 }, (_, index) => `I${index + 1}`))
    for (const { id, checker = [], refused = [], tests = [], open } of promises) {
      const views = invariants().filter(({ covers }) => covers.includes(id))
      expect({ id, checks: views.length + checker.length + refused.length + tests.length > 0 || open !== undefined }).toEqual({
        id,
        checks: true,
      })
    }
  })

  it.each(promises)('$id', ({ checker = [], refused = [], tests = [] }) => {
    const rules = readdirSync(new URL('test/checker/', ROOT))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => read(`test/checker/${file}`))
      .join('\n')
    const known = (rule: string): boolean =>
      rules.includes(`'${rule}'`) || rules.includes(`\`${rule.replace(/ (capture|refund) /, ' ${op} ')}\``)
    expect(checker.filter((rule) => !known(rule))).toEqual([])
    expect(refused.filter((name) => !refusing.has(name))).toEqual([])
    expect(tests.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
  })

  it.each(invariants())('$name covers promises that there are and has a place in the runbook', ({ covers, see }) => {
    expect(covers.filter((id) => !promises.some((promised) => promised.id === id))).toEqual([])
    expect(read('docs/runbook.md')).toMatch(new RegExp(`^##+ ${see}$`, 'm'))
  })
})
