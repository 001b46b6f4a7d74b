import { expect, it } from '@jest/globals'
import postgres from 'postgres'
import { Connection } from '@temporalio/client'
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { withDatabase } from '../support/postgres.ts'
import { describeIf } from '../support/skip.ts'
import { withTemporal } from '../support/temporal.ts'

const [postgresMissing, temporalMissing] = await Promise.all([reasonMissing('postgres'), reasonMissing('temporal')])

describeIf(postgresMissing === null, postgresMissing ?? '')('a database for a test file', () => {
  it('is migrated, its own, and gone when dropped', async () => {
    const [one, other] = await Promise.all([withDatabase(), withDatabase()])
    const [sql, otherSql] = [postgres(one.url, { max: 1 }), postgres(other.url, { max: 1 })]
    const [tables] = await sql`select count(*)::int as count from information_schema.tables where table_schema = 'goji'`
    expect(tables?.['count']).toBeGreaterThan(10)
    await sql`create table only_here (id int)`
    expect(await otherSql`select from information_schema.tables where table_name = 'only_here'`).toHaveLength(0)
    await Promise.all([one.drop(), other.drop()])
    await expect(sql`select 1`).rejects.toThrow()
    await Promise.all([sql.end(), otherSql.end()])
  })
})

describeIf(temporalMissing === null, temporalMissing ?? '')('the Temporal server of a run', () => {
  it('knows the search attributes of bills', async () => {
    const { address, namespace } = await withTemporal()
    const connection = await Connection.connect({ address })
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)))
    await connection.close()
  })
})
