import { ProviderError } from '../../../domain/errors.ts'
import { malformed } from '../../kit/failures.ts'
import type { Client } from './client.ts'
import { dayOf, fileName, fileText, records } from './settlement.ts'

const PAGE_LENGTH = 5_000
/** Days that are looked back for payouts that nobody has handed in. */
const DAYS = 31
const DAY_MS = 86_400_000

const koreanDay = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10)

/** The finished payout days that the gateway has records of, as names of files, the newest last. */
export async function listFiles(client: Client, now: number, signal: AbortSignal): Promise<string[]> {
  const first = await readDays(client, koreanDay(now - DAYS * DAY_MS), koreanDay(now), signal)
  // What is finished is decided by the gateway's clock; a payout that is still to come may change.
  const today = koreanDay(first.date ?? now)
  const days = new Set(first.settlements.map(({ paidOutDate }) => paidOutDate))
  return [...days]
    .filter((day) => day <= today)
    .sort()
    .map(fileName)
}

/** The text of one day's file. @throws ProviderError permanent where there is none of that name. */
export async function readFile(client: Client, name: string, signal: AbortSignal): Promise<string> {
  const day = dayOf(name)
  const { settlements } = day === null ? { settlements: [] } : await readDays(client, day, day, signal)
  if (settlements.length === 0) throw new ProviderError('permanent', 'settlement_not_found', 'The gateway has no such settlement file.')
  return fileText(name, settlements)
}

async function readDays(client: Client, startDate: string, endDate: string, signal: AbortSignal) {
  const settlements = []
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams({ startDate, endDate, dateType: 'paidOutDate', page: String(page), size: String(PAGE_LENGTH) })
    const { body, date } = await client({ kind: 'question', method: 'GET', path: `/v1/settlements?${query.toString()}`, signal })
    const result = records.safeParse(body)
    if (!result.success) throw malformed('question', result.error.issues[0]?.path.join('.') ?? 'it is no list of settlements')
    settlements.push(...result.data)
    if (result.data.length < PAGE_LENGTH) return { settlements, date }
  }
}
