import type { Sql } from '../connection.ts'
import type { Cohort } from './cohort.ts'
import { type DeliverySums, deliverySums } from './delivery-sums.ts'
import { type InstitutionSums, institutionSums } from './institution-sums.ts'
import { ledgerBalanced } from './ledger-balanced.ts'
import { type MethodSums, methodSums } from './method-sums.ts'

export interface ReportSums {
  readonly institutions: readonly InstitutionSums[]
  readonly methods: readonly MethodSums[]
  readonly balanced: boolean
  readonly deliveries: readonly DeliverySums[]
}

/** Every sum of a report as of one moment, so that the parts fit each other while payments go on. */
export function readReport(sql: Sql, cohort: Cohort): Promise<ReportSums> {
  return sql.begin('isolation level repeatable read read only', async (tx) => ({
    institutions: await institutionSums(tx, cohort),
    methods: await methodSums(tx, cohort),
    balanced: await ledgerBalanced(tx),
    deliveries: await deliverySums(tx, cohort),
  }))
}
