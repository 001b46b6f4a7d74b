import { formatAmount } from '../../domain/money.ts'
import type { InstitutionSums } from '../../store/reports/institution-sums.ts'
import type { MethodSums } from '../../store/reports/method-sums.ts'
import type { ReportSums } from '../../store/reports/read-report.ts'
import { deliveriesView } from './deliveries-view.ts'

/** The report as it is printed. */
export function reportView({ institutions, methods, balanced, deliveries }: ReportSums): object {
  return {
    bills: institutions.reduce((sum, { bills }) => sum + bills, 0),
    final: institutions.reduce((sum, row) => sum + row.final, 0),
    ledger_balanced: balanced,
    institutions: institutions.map(institutionView),
    payments_by_method: methodsView(methods),
    deliveries: deliveriesView(deliveries),
  }
}

function institutionView(row: InstitutionSums): object {
  const column = (bills: number, minor: bigint): object => ({ bills, amount: formatAmount({ minor, currency: row.currency }) })
  return {
    name: row.name,
    currency: row.currency,
    issued: column(row.issued_bills, row.issued_minor),
    surcharged: column(row.surcharged_bills, row.surcharged_minor),
    reduced: column(row.reduced_bills, row.reduced_minor),
    paid: column(row.paid_bills, row.paid_minor),
    refunded: column(row.refunded_bills, row.refunded_minor),
    settled: column(row.settled_bills, row.settled_minor),
    written_off: column(row.written_off_bills, row.written_off_minor),
    cancelled: column(row.cancelled_bills, row.cancelled_minor),
    outstanding: column(row.outstanding_bills, row.outstanding_minor),
  }
}

/** Sums of different currencies are never put under one name. */
function methodsView(rows: readonly MethodSums[]): object {
  const several = new Set(rows.map(({ currency }) => currency)).size > 1
  return Object.fromEntries(
    rows.map(({ method, currency, payments, amount_minor: minor }) => [
      several ? `${method}.${currency}` : method,
      { payments, amount: formatAmount({ minor, currency }), currency },
    ]),
  )
}
