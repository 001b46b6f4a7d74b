import { appendFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { describeStore } from '../store/support.ts'
import { check, checkSnapshot, type Evidence, type Finding } from './check.ts'
import { invariants } from '../../store/invariants/definitions.ts'
import { makeWorld, type World } from './world.ts'
import { bills } from './violations/bills.ts'
import { gateway } from './violations/gateway.ts'
import { ledger } from './violations/ledger.ts'
import { letters } from './violations/letters.ts'
import { log } from './violations/log.ts'
import { paths } from './violations/paths.ts'
import { payments } from './violations/payments.ts'
import { statements } from './violations/statements.ts'
import type { Violation } from './violations/violation.ts'

const violations = [...bills, ...payments, ...ledger, ...statements, ...gateway, ...log, ...letters, ...paths]

describeStore('the outside checker', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  })
  afterAll(() => world.close())

  const copies = (lines: readonly Record<string, unknown>[]): Record<string, unknown>[] => lines.map((line) => ({ ...line }))
  async function findings(
    { breaks, journal, letters, final = false }: Partial<Violation>,
    others: Partial<Evidence> = {},
  ): Promise<Finding[]> {
    const lines = copies(world.book.entries)
    const evidence = {
      gatewayJournal: await world.journal('gateway', journal?.(lines, world.cast) ?? lines),
      mailJournal: await world.journal('mail', letters?.(copies(world.letters), world.cast) ?? world.letters),
      final,
      ...others,
    }
    return breaks
      ? world.broken(breaks(world.cast), (snapshot) => checkSnapshot(snapshot, evidence))
      : check({ databaseUrl: world.url, ...evidence })
  }

  it('finds nothing in books that are right', async () => {
    expect(await findings({})).toEqual([])
  })

  describe('names', () => {
    it.each(violations)('$what', async (violation) => {
      const found = await findings(violation)
      const expected = violation.id(world.cast)
      const says = typeof violation.says === 'function' ? violation.says(world.cast) : violation.says
      const named = found.filter(
        ({ rule, id, sentence }) =>
          rule === violation.rule &&
          (typeof expected === 'string' ? id === expected : expected.test(id)) &&
          (says === undefined || (typeof says === 'string' ? sentence.includes(says) : says.test(sentence))),
      )
      expect({ found: named.length > 0 ? [] : found, rule: violation.rule, expected }).toEqual({
        found: [],
        rule: violation.rule,
        expected,
      })
      for (const { id, sentence } of named)
        expect(sentence).toMatch(id === '' ? /\w/ : new RegExp(id.replace(/^bill:/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    })
  })

  describe('by a view of the database that the checker may read', () => {
    it.each(invariants())('$name', async ({ name, query }) => {
      const planted = violations.filter(({ rule, breaks }) => rule === name && breaks !== undefined)
      // One that nothing was planted for may be empty because it sees nothing; and the world itself never ends.
      expect(planted.length + (name === 'everything_ended' ? 1 : 0)).toBeGreaterThan(0)
      for (const { breaks } of planted) {
        const listed = await world.broken(breaks?.(world.cast) ?? [], async (snapshot) => ({
          view: await snapshot.unsafe(`select ids, sentence from goji_invariants.${name} order by ids, sentence`),
          file: await snapshot.unsafe(`select ids, sentence from (${query}) violations order by ids, sentence`),
        }))
        expect(listed.view.length).toBeGreaterThan(0)
        expect([...listed.view]).toEqual([...listed.file])
      }
    })
  })

  it('bears a letter that came twice where the engine says that it may have', async () => {
    const twice = (lines: Record<string, unknown>[]): Record<string, unknown>[] => [...lines, ...lines.slice(0, 1)]
    expect(
      await findings({
        breaks: (cast) => [`update deliveries set possible_duplicate = true where id = '${cast.delivery}'`],
        letters: twice,
      }),
    ).toEqual([])
  })

  it('bears a last line of a journal that was torn', async () => {
    const path = await world.journal('torn', world.book.entries)
    await appendFile(path, '{"op":"cap')
    expect(await findings({}, { gatewayJournal: path })).toEqual([])
  })

  describe('against published totals', () => {
    const published = async (change: (totals: Record<string, { bills: number; amount: string }>) => void): Promise<Finding[]> => {
      const sql = postgres(world.url, { max: 1, connection: { search_path: 'goji' } as Record<string, string> })
      const rows = await sql<{ name: string; bills: number; won: string }[]>`
        select i.name_en as name, count(*)::int as bills, sum(charged_minor)::text as won from bills b join institutions i on i.id = b.institution_id group by 1`
      await sql.end()
      const totals = Object.fromEntries(rows.map(({ name, bills, won }) => [name, { bills, amount: won }]))
      change(totals)
      const path = await world.journal('expected', [{ currency: 'KRW', by_authority: totals }])
      return findings({}, { expected: [path] })
    }
    const anyName = (totals: object): string => Object.keys(totals)[0] ?? ''

    it('agrees to the penny', async () => {
      expect(await published(() => undefined)).toEqual([])
    })

    it.each([
      [
        'a bill too many',
        (totals: Record<string, { bills: number; amount: string }>) =>
          void (totals[anyName(totals)] = { ...totals[anyName(totals)], bills: 99 } as never),
      ],
      [
        'one unit too much',
        (totals: Record<string, { bills: number; amount: string }>) =>
          void (totals[anyName(totals)] = { ...totals[anyName(totals)], amount: '1' } as never),
      ],
      [
        'an institution that nobody billed for',
        (totals: Record<string, { bills: number; amount: string }>) => void (totals['Nowhere'] = { bills: 1, amount: '5' }),
      ],
      [
        'an institution that was not published',
        (totals: Record<string, { bills: number; amount: string }>) => void Reflect.deleteProperty(totals, anyName(totals)),
      ],
    ])('names %s', async (_, change) => {
      expect(await published(change)).toEqual([expect.objectContaining({ rule: 'published totals' })])
    })
  })
})
