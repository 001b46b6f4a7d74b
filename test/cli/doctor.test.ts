import { beforeAll, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { missing, openWorld } from '../api/open-world.ts'
import type { Tenant } from '../api/world.ts'
import { describeIf } from '../support/skip.ts'
import { goji, hear } from './goji.ts'

const said = hear()

interface Findings {
  readonly health: string
  readonly findings: readonly { readonly check: string; readonly health: string; readonly found: string; readonly remedy: string | null }[]
}

describeIf(missing === null, missing ?? '')('goji doctor on the real API', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  const run = (...words: readonly string[]): Promise<number> => {
    said.stdout = ''
    return goji(said, 'doctor', '--url', world().url, '--key', world().operator, ...words)
  }
  async function look(
    ...words: readonly string[]
  ): Promise<{ code: number; of: (check: string) => Findings['findings'][number] | undefined }> {
    const code = await run('-o', 'json', ...words)
    const { findings } = JSON.parse(said.stdout) as Findings
    return { code, of: (check) => findings.find((one) => one.check === check) }
  }
  /** Changes the books as somebody outside Goji would, with the rights of the owner. */
  async function tamper(change: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
    const sql = postgres(world().root.config.DATABASE_URL, { max: 1, connection: { search_path: 'goji' } })
    await change(sql)
    await sql.end()
  }

  it('finds database, schema, books, channels and gateways well, and a clock that is not', async () => {
    const { of } = await look()
    for (const check of ['api', 'database', 'temporal', 'facts', 'wakes', 'exceptions', 'ledger', 'logs', 'channels'])
      expect(of(check)).toMatchObject({ check, health: 'ok', remedy: null })
    expect(of('database')?.found).toMatch(/^PostgreSQL \d+\S* with migration \d+, \d+ MB\.$/)
    // The test's clock stands still in another year than the machine's own.
    expect(of('clocks')).toMatchObject({ health: 'wrong' })
    expect(of('clockHere')).toMatchObject({ health: 'warning' })
  })

  it('names facts that wait, bills that nobody looks at, and what to do; and ends with 1', async () => {
    const { id } = await world().bill(city)
    await tamper((sql) => sql`update facts set recorded_at = recorded_at - interval '10 minutes', applied_at = null where bill_id = ${id}`)
    await tamper((sql) => sql`update bills set wake_at = created_at - interval '1 hour' where id = ${id}`)
    const { code, of } = await look()
    expect(code).toBe(1)
    expect(of('facts')).toMatchObject({
      health: 'wrong',
      found: expect.stringContaining('1 facts wait') as unknown as string,
      remedy: expect.stringContaining('Temporal') as unknown as string,
    })
    expect(of('wakes')).toMatchObject({ health: 'wrong', found: '1 open bills should have been looked at, the first 60 min ago.' })
    expect(await run()).toBe(1)
    expect(said.stdout).toMatch(/^WRONG {4}facts +1 facts wait/m)
    expect(said.stdout).toMatch(/^ +→ See that Temporal/m)
  })

  it('finds a log that was changed or cut, in the sample and in all of them', async () => {
    const { id } = await world().bill(city)
    await tamper(async (sql) => {
      await sql`alter table log disable trigger user`
      await sql`update log set actor = 'nobody' where subject = ${`bill:${id}`} and seq = 1`
      await sql`alter table log enable trigger user`
    })
    expect((await look()).of('logs')).toMatchObject({
      health: 'wrong',
      found: expect.stringContaining(`bill:${id}, number 1: altered`) as unknown as string,
    })
    await tamper(async (sql) => {
      await sql`alter table log disable trigger user`
      await sql`delete from log where subject = ${`bill:${id}`}`
      await sql`alter table log enable trigger user`
    })
    for (let more = 0; more < 101; more += 1) await world().bill(city)
    expect((await look()).of('logs')).toMatchObject({ health: 'ok' })
    expect((await look('--deep')).of('allLogs')).toMatchObject({
      health: 'wrong',
      found: `1 entries do not verify: bill:${id} number 1: missing.`,
    })
  })

  it('names what Temporal and the books do not say alike, has it looked at, and finds nothing after that', async () => {
    const [{ id: behind }, { id: lost }] = [await world().bill(city), await world().bill(city)]
    const { engine, clock } = world()
    const gone = 'bill_01hfz3k9q4m7v2x8c5t6w0r3en'
    const page = 'chk_01hfz3k9q4m7v2x8c5t6w0r3en'
    const knew = { startedAt: 0, status: 'paid', stage: 'reconcile', paused: false } as const
    engine.goesOn = [
      { ...knew, subject: `bill:${behind}` },
      { ...knew, subject: `bill:${gone}` },
      { ...knew, subject: `checkout:${page}` },
    ]
    engine.lost.add(`bill:${lost}`)
    // What has only just happened may be on its way.
    expect((await look()).of('booksBehind')).toBeUndefined()
    clock.at += 60_000
    const { code, of } = await look()
    expect(code).toBe(1)
    expect(of('booksBehind')?.found).toBe(
      `1 bills are further in Temporal than in the books: bill:${behind} (paid, stage reconcile / received, stage issue).`,
    )
    expect(of('forgottenRuns')?.found).toMatch(new RegExp(`^2 runs .*bill:${gone}.*checkout:${page}`))
    expect(of('lostRuns')?.remedy).toContain('goji doctor --repair')

    expect(await goji(said, 'doctor', '--url', world().url, '--key', world().operator, '--restored')).toBe(0)
    expect(said.stdout).toMatch(new RegExp(`^bill:${gone} +forgotten +paid, stage reconcile +- +ending$`, 'm'))
    expect(engine.nudged).toEqual([`bill:${gone}`, `checkout:${page}`])
    expect(engine.swept).toEqual([behind, lost])
    expect(await world().root.sql`select actor from restores`).toHaveLength(1)

    engine.goesOn = []
    engine.lost.clear()
    expect((await look()).of('runs')).toMatchObject({ health: 'ok' })
    await run('--repair')
    expect(said.stdout).toContain('There is nothing to repair')
    expect(await world().root.sql`select actor from restores`).toHaveLength(1)
  })

  it('refuses to look at what is no bill and no checkout, and refuses an institution', async () => {
    const repairs = (key: string, subjects: unknown) => world().post('/v1/diagnosis/repairs', { key, body: { subjects } })
    for (const subjects of [
      [],
      'bill:x',
      ['bill:x'],
      ['statement:stm_01hfz3k9q4m7v2x8c5t6w0r3en'],
      [null],
      Array(101).fill(`bill:bill_${'0'.repeat(26)}`),
    ])
      expect((await repairs(world().operator, subjects)).status).toBe(422)
    expect((await repairs(city.key, [`bill:bill_${'0'.repeat(26)}`])).status).toBe(403)
    expect((await world().post('/v1/diagnosis/restores', { key: city.key, body: {} })).status).toBe(403)
    expect((await world().post('/v1/diagnosis/restores', { key: world().operator, body: { at: 'now' } })).status).toBe(422)
    expect((await world().get('/v1/diagnosis/runs?cursor=x', { key: world().operator })).status).toBe(400)
    expect((await world().get('/v1/diagnosis/runs?underWay=maybe', { key: world().operator })).status).toBeGreaterThanOrEqual(400)
  })

  it('says what is away, and needs no more than the address for it', async () => {
    world().engine.down = true
    const { code, of } = await look()
    world().engine.down = false
    expect(code).toBe(1)
    expect(of('temporal')).toMatchObject({ health: 'wrong' })
    expect(await goji(said, 'doctor', '--url', 'http://127.0.0.1:9', '--key', 'x')).toBe(1)
    expect(said.stdout).toContain('No Goji API answers at http://127.0.0.1:9')
  })

  it('answers nobody but the platform', async () => {
    expect(await goji(said, 'doctor', '--url', world().url, '--key', city.key)).toBe(3)
    expect(said.stderr).toContain('goji: scope_missing:')
  })
})
