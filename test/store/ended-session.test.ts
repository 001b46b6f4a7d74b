import { afterAll, beforeAll, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { isRefusedData, toFailure } from '../../activities/failure.ts'
import { outageOf } from '../../api/outage.ts'
import { endedSession } from '../../store/ended-session.ts'
import { withDatabase, type TestDatabase } from '../support/postgres.ts'
import { describeStore } from './support.ts'

/** What the API and an activity make of the same code, said of a statement and said of the whole session. */
describeStore('PostgreSQL that refuses a session', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await withDatabase()
  })
  afterAll(() => database.drop())

  async function errorOf(use: (sql: postgres.Sql) => Promise<unknown>, connection: Record<string, string> = {}): Promise<unknown> {
    const sql = postgres(database.url, { max: 1, onnotice: () => undefined, connection })
    try {
      return await use(sql).then(
        () => null,
        (error: unknown) => error,
      )
    } finally {
      await sql.end()
    }
  }

  it('is an outage under a code that would refuse a statement for its data', async () => {
    const statement = await errorOf((sql) => sql`set statement_timeout = 'soon'`)
    expect(statement).toMatchObject({ code: '22023', severity: 'ERROR' })
    expect([endedSession(statement), outageOf(statement), isRefusedData(statement)]).toEqual([false, null, true])
    expect(toFailure(statement)).toMatchObject({ nonRetryable: true })

    const session = await errorOf((sql) => sql`select 1`, { statement_timeout: 'soon' })
    expect(session).toMatchObject({ code: '22023', severity: 'FATAL' })
    expect([endedSession(session), outageOf(session), isRefusedData(session)]).toEqual([true, 'database', false])
    expect(toFailure(session)).toMatchObject({ nonRetryable: false })
  })

  it('is an outage also where its code is that of an error of its own', async () => {
    // As after a crash on a full disk, where no session can begin.
    const full = Object.assign(new Error('could not write init file'), { code: 'XX000', severity: 'FATAL' })
    expect(outageOf(full)).toBe('database')
    expect(outageOf(Object.assign(full, { severity: 'ERROR' }))).toBeNull()
  })
})
