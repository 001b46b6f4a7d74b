import { type Currency, isCurrency } from '../../../domain/currencies.ts'
import { type GojiError, invalid } from '../../../domain/errors.ts'
import { MAX_MINOR, money } from '../../../domain/money.ts'
import type { SettlementFile, SettlementLine } from '../../../domain/ports/gateway.ts'

const COLUMNS = 'type,line_reference,kind,reference,gross_minor,fee_minor,net_minor,settled_at'
const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/
const NAME = /^[A-Za-z0-9._-]{1,128}$/

/**
 * Reads a settlement file: a header, the columns' names, one line for each payment and refund, and a trailer with their
 * number and sums. Amounts are whole minor units.
 * @throws GojiError `statement_malformed`, naming the line, where the file was cut short, repeats a line reference, or
 * does not add up. Nothing of such a file is used.
 */
export function parseSettlement(text: string): SettlementFile {
  const rows = text.split('\n')
  if (rows.length < 4 || rows.pop() !== '') throw malformed(rows.length, 'the file ends in the middle; ask for it again')
  const { name, currency, revises } = readHeader(rows[0] ?? '')
  if (rows[1] !== COLUMNS) throw malformed(2, `the columns have to be ${COLUMNS}`)
  const seen = new Set<string>()
  const lines = rows.slice(2, -1).map((row, index) => {
    const line = readLine(row, index + 3, currency)
    if (seen.has(line.lineReference)) throw malformed(index + 3, 'its line reference was used before')
    seen.add(line.lineReference)
    return line
  })
  checkTrailer(rows.at(-1) ?? '', rows.length, lines)
  return { name, lines, ...(revises === undefined ? {} : { revises }) }
}

/** A corrected file names, behind the time, the file that it takes the place of. */
function readHeader(row: string): { name: string; currency: Currency; revises: string | undefined } {
  const [type, version, name = '', currency = '', createdAt = '', revises, ...more] = row.split(',')
  if (type !== 'header' || version !== '1' || more.length > 0) throw malformed(1, 'it has to be a header of version 1')
  if (!NAME.test(name)) throw malformed(1, 'the name of the file is missing')
  if (revises !== undefined && (!NAME.test(revises) || revises === name))
    throw malformed(1, 'the name of the file that it revises is wrong')
  if (!isCurrency(currency)) throw malformed(1, 'the currency is unknown')
  readTime(createdAt, 1)
  return { name, currency, revises }
}

function readLine(row: string, number: number, currency: Currency): SettlementLine {
  const fields = row.split(',')
  const [type, lineReference = '', kind, reference = '', grossText = '', feeText = '', netText = '', settledAt = ''] = fields
  if (type !== 'line' || fields.length !== 8) throw malformed(number, 'it has to be a line of 8 fields')
  if (!REFERENCE.test(lineReference) || !REFERENCE.test(reference)) throw malformed(number, 'a reference is malformed')
  if (kind !== 'payment' && kind !== 'refund') throw malformed(number, 'its kind has to be payment or refund')
  const gross = readMinor(grossText, number)
  const fee = readMinor(feeText, number)
  const net = readMinor(netText, number)
  if (kind === 'payment' ? gross <= 0n : gross >= 0n) throw malformed(number, `a ${kind} cannot have this gross amount`)
  if (fee < 0n) throw malformed(number, 'a fee cannot be negative')
  if (net !== gross - fee) throw malformed(number, 'net is not gross less fee')
  return {
    lineReference,
    kind,
    reference,
    gross: money(gross, currency),
    fee: money(fee, currency),
    net: money(net, currency),
    settledAt: readTime(settledAt, number),
  }
}

function checkTrailer(row: string, number: number, lines: readonly SettlementLine[]): void {
  const fields = row.split(',')
  if (fields[0] !== 'trailer' || fields.length !== 5)
    throw malformed(number, 'the trailer is missing; the file was cut short, ask for it again')
  const expected = [lines.length, sum(lines, 'gross'), sum(lines, 'fee'), sum(lines, 'net')]
  const wrong = expected.findIndex((value, index) => value.toString() !== fields[index + 1])
  if (wrong >= 0) throw malformed(number, `the trailer's ${['count', 'gross', 'fee', 'net'][wrong]} is not that of the lines`)
}

const sum = (lines: readonly SettlementLine[], field: 'gross' | 'fee' | 'net'): bigint =>
  lines.reduce((total, line) => total + line[field].minor, 0n)

function readMinor(text: string, number: number): bigint {
  if (!/^(0|-?[1-9][0-9]{0,15})$/.test(text)) throw malformed(number, 'an amount has to be whole minor units')
  const minor = BigInt(text)
  if (minor > MAX_MINOR || minor < -MAX_MINOR) throw malformed(number, 'an amount is over the limit')
  return minor
}

function readTime(text: string, number: number): number {
  const at = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(at) || new Date(at).toISOString() !== text) throw malformed(number, 'a time has to look like 2026-01-31T00:00:00.000Z')
  return at
}

const malformed = (line: number, why: string): GojiError =>
  invalid('statement_malformed', `Line ${line} of the settlement file is wrong: ${why}.`, `/lines/${line}`)
