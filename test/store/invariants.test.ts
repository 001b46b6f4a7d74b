import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { diagnoseInvariants } from '../../composition/diagnosis/invariants.ts'
import { connect, type Sql } from '../../store/connection.ts'
import { invariants, parse } from '../../store/invariants/definitions.ts'
import { installViews } from '../../store/invariants/install.ts'
import { readInvariants } from '../../store/invariants/read-invariants.ts'
import { makeWorld, type World } from '../checker/world.ts'
import { fillBooks } from '../support/fill-books.ts'
import { violations } from '../support/violations.ts'
import { describeStore } from './support.ts'

/** Each copy of the world has eight bills. Set higher, the time of each view is printed: 4,000 make 32,000 bills. */
const COPIES = Number(process.env['GOJI_INVARIANT_COPIES'] ?? 100)

describeStore('the invariants of the books, as views', () => {
  let world: World
  let admin: postgres.Sql
  let sql: Sql
  beforeAll(async () => {
    world = await makeWorld()
    admin = postgres(world.url, { max: 1, onnotice: () => undefined, connection: { search_path: 'goji', timezone: 'UTC' } })
    sql = connect(world.url, { role: 'goji_app', max: 2 })
  })
  afterAll(async () => {
    await Promise.all([admin.end(), sql.end()])
    await world.close()
  })
  const ofAll = invariants().filter(({ holds }) => holds === 'always')

  it('are empty in books that are right', async () => {
    expect(await readInvariants(sql)).toEqual(ofAll.map(({ name }) => ({ name, violations: 0, sample: [] })))
    expect(await diagnoseInvariants(sql)).toMatchObject([{ check: 'invariants', health: 'ok' }])
  })

  it('say which is violated, how often, by what, and where to read what to do', async () => {
    const { settled } = world.cast
    await admin`set session_replication_role = replica`
    await admin`update bills set settled_minor = 0 where id = ${settled}`
    const [found] = await diagnoseInvariants(sql)
    await admin`update bills set settled_minor = paid_minor where id = ${settled}`
    await admin`set session_replication_role = origin`
    expect(found).toEqual({
      check: 'invariant:bill_settled',
      health: 'wrong',
      found: `1 contradict "A settled bill has all of its money in a settlement.", first ${settled}.`,
      remedy: 'docs/runbook.md, "Money does not add up", says what to do. The view goji_invariants.bill_settled lists them all.',
    })
    expect(await readInvariants(sql)).toEqual(ofAll.map(({ name }) => ({ name, violations: 0, sample: [] })))
  })

  it('say which they did not get to, and never more than that', async () => {
    const readings = await readInvariants(sql, AbortSignal.abort())
    expect(readings).toEqual(ofAll.map(({ name }) => ({ name, violations: null, sample: [] })))
  })

  it('give a view up that takes too long, and go on with the others', async () => {
    await admin`create or replace view goji_invariants.bill_debt as select array['x'] as ids, 'x' as sentence from pg_sleep(600)`
    const readings = await readInvariants(sql, AbortSignal.timeout(60_000), 2_000)
    expect(readings.find(({ name }) => name === 'bill_debt')).toEqual({ name: 'bill_debt', violations: null, sample: [] })
    expect(readings.filter(({ violations: found }) => found === 0).length).toBeGreaterThan(30)
    await installViews(admin)
  })

  it('are read by one who may write nothing', async () => {
    await expect(
      admin.begin(async (tx) => {
        await tx`set local role goji_checker`
        await tx`select * from goji_invariants.bill_sums`
        await tx`drop view goji_invariants.bill_sums`
      }),
    ).rejects.toThrow(/must be owner/)
  })

  it('are missing where nobody has written them, which is said', async () => {
    await admin`alter schema goji_invariants rename to hidden`
    const found = await diagnoseInvariants(sql)
    await admin`alter schema hidden rename to goji_invariants`
    expect(found).toMatchObject([{ check: 'invariants', health: 'wrong' }])
  })

  it('refuse a file without a head', () => {
    expect(() => parse('some', 'select 1')).toThrow(/no head/)
    expect(() => parse('Some', '-- covers: I1\n-- holds: always\n-- see: X\n-- X.\nselect 1')).toThrow(/name/)
  })

  describe(`over ${COPIES} copies of the world`, () => {
    beforeAll(() => fillBooks(admin, COPIES), 600_000)

    it('end, and are empty', async () => {
      const [size] = await sql`select (select count(*) from bills)::int as bills, (select count(*) from log)::int as entries`
      expect(Number(size?.['bills'])).toBeGreaterThan(8 * COPIES)
      if (process.env['GOJI_INVARIANT_COPIES'] !== undefined) await printTimes(size)
      expect(await violations(world.url)).toEqual([])
      expect((await readInvariants(sql)).filter(({ violations: found }) => found !== 0)).toEqual([])
    }, 600_000)

    it('never look up each row of one table by reading another one whole', async () => {
      // What grows with the square of the books would end in a year and not in seconds.
      const rows = 500
      for (const { name, query } of ofAll) {
        const [plan] = await admin.unsafe<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(`explain (format json) ${query}`)
        const squares = plan === undefined ? [] : squaresIn(plan['QUERY PLAN'][0].Plan, rows)
        expect({ name, squares }).toEqual({ name, squares: [] })
      }
    })
  })

  async function printTimes(size: unknown): Promise<void> {
    const times: string[] = []
    for (const { name } of ofAll) {
      const start = performance.now()
      await sql`select count(*) from goji_invariants.${sql(name)}`
      times.push(
        `${Math.round(performance.now() - start)
          .toString()
          .padStart(7)} ms  ${name}`,
      )
    }
    console.log(`${JSON.stringify(size)}\n${times.sort().reverse().join('\n')}`)
  }
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Plan Rows': number
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

/** Nested loops whose inner side reads a whole table that is not small, once for each of many rows. */
function squaresIn(plan: Plan, rows: number): string[] {
  const children = plan.Plans ?? []
  const [outer, inner] = children
  const within = children.flatMap((child) => squaresIn(child, rows))
  if (plan['Node Type'] !== 'Nested Loop' || outer === undefined || inner === undefined || outer['Plan Rows'] < rows) return within
  return [...within, ...wholeTables(inner).filter((table) => table !== 'event_feed')]
}

const wholeTables = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : []),
  ...(plan.Plans ?? []).flatMap(wholeTables),
]
