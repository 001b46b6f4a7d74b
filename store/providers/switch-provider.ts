import type { ProviderKind } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'
import type { ProviderStop } from './provider-stop.ts'

export interface ProviderOrder {
  readonly kind: ProviderKind
  readonly name: string
  readonly reason: string
  /** Who gave it, for the log. */
  readonly actor: string
}

/** What a provider's log is kept under. */
export const providerSubject = (kind: ProviderKind, name: string): string => `provider:${kind}:${name}`

/** No new order goes to the provider from now on. Stopping it again changes nothing: the first reason stands. */
export const stopProvider = (tx: Tx, order: ProviderOrder, now: number): Promise<void> => switchTo(tx, order, true, now)

/** What waited for the provider goes on by itself. */
export const resumeProvider = (tx: Tx, order: ProviderOrder, now: number): Promise<void> => switchTo(tx, order, false, now)

async function switchTo(tx: Tx, { kind, name, reason, actor }: ProviderOrder, stopped: boolean, now: number): Promise<void> {
  // The row is made first, so that two orders at a time wait for each other also where there was none.
  await tx`
    insert into provider_stops (kind, name, stopped, reason, actor, changed_at) values (${kind}, ${name}, false, ${reason}, ${actor}, ${now})
    on conflict (kind, name) do nothing`
  const [row] = await tx<
    Pick<ProviderStop, 'stopped'>[]
  >`select stopped from provider_stops where kind = ${kind} and name = ${name} for update`
  if (row?.stopped === stopped) return
  await tx`
    update provider_stops set stopped = ${stopped}, reason = ${reason}, actor = ${actor}, changed_at = ${now}
    where kind = ${kind} and name = ${name}`
  await appendLog(tx, providerSubject(kind, name), { at: now, action: stopped ? 'stopped' : 'resumed', actor, body: { reason } })
}
