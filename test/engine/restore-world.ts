import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '../../api/app.ts'
import { createHttpServer } from '../../api/server.ts'
import type { Root } from '../../composition/root.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import type { Channel, ChannelReceipt } from '../../domain/ports/channel.ts'
import type { Policy } from '../../domain/policy.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { goji, type Said } from '../cli/goji.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { FakeChannel } from '../support/fake-channel.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A channel that keeps no second copy by itself, and can be asked what it has. */
export class AskableChannel extends FakeChannel {
  override readonly repeat = 'queryable' as unknown as 'idempotent'

  override receipt = async (key?: string): Promise<ChannelReceipt | null> => {
    const known = this.sent.find(({ request }) => request.key === key)
    return known === undefined ? null : { level: 'delivered', at: known.at, reference: known.request.key }
  }
}

/** A channel that can be asked nothing. */
export class MailLike extends FakeChannel {
  override readonly repeat = 'atLeastOnce' as unknown as 'idempotent'
}

export const by = (channel: string): Policy => ({ ...quietPolicy, chain: [{ channel, wait: 'PT24H', until: 'delivered' }] })

export interface Doctor {
  readonly health: string
  readonly findings: readonly { readonly check: string; readonly health: string; readonly found: string }[]
  readonly repaired: readonly { readonly subject: string; readonly kind: string; readonly done: string; readonly run: string | null }[]
}

/** A small deployment: engine, gateway, channels, API with a platform key, and a clock that can be moved on. */
export interface RestoreWorld {
  readonly engine: StartedEngine
  readonly gateway: GatewayHarness
  readonly talk: AskableChannel
  readonly mail: MailLike
  readonly clock: { ahead: number; now(): number }
  readonly folder: string
  /** `goji doctor` with these words, against the API. */
  doctor(said: Said, ...words: readonly string[]): Promise<Doctor>
  /** The same API over another engine, such as one on an empty Temporal. */
  serve(root: Root): Promise<void>
  /** Opens a payment page; answers the checkout's id. */
  pageFor(billIds: readonly string[], root?: Root): Promise<string>
  /** The gateway's end of day, handed in as an operator does. */
  settleDay(root?: Root): Promise<void>
  /** How often the gateway took and gave back under each key. */
  moved(): Promise<Readonly<Record<string, number>>>
  stop(): Promise<void>
}

export async function openRestoreWorld(): Promise<RestoreWorld> {
  const clock = { ahead: 0, now: (): number => Date.now() + clock.ahead }
  const gateway = await startGatewayHarness()
  const [talk, mail] = [new AskableChannel('talk', 'delivers', clock), new MailLike('mail', 'delivers', clock)]
  const engine = await startTestEngine(gateway.gateway, { clock, channels: [talk, mail] as readonly Channel[] })
  const folder = await mkdtemp(join(tmpdir(), 'goji-restore-'))
  const input = { institutionId: null, mode: 'test', scopes: ['operator'], pepper: engine.root.config.GOJI_PEPPER } as const
  const { key } = await transaction(engine.root.sql, (tx) => insertApiKey(tx, input, clock.now()))
  let server: Server | undefined
  const close = async (): Promise<void> => {
    server?.closeAllConnections()
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
  }
  const world: RestoreWorld = {
    engine,
    gateway,
    talk,
    mail,
    clock,
    folder,
    async doctor(said, ...words) {
      said.stdout = ''
      const url = `http://127.0.0.1:${(server?.address() as AddressInfo).port}`
      await goji(said, 'doctor', '--url', url, '--key', key, '-o', 'json', ...words)
      return JSON.parse(said.stdout) as Doctor
    },
    async serve(root) {
      await close()
      server = createHttpServer(createApp(root, pino({ level: 'silent' })))
      await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    },
    async pageFor(billIds, root = engine.root) {
      const order = { gateway: gateway.gateway.name, language: 'ko', returnPath: '/checkouts/{id}/return', actor: 'citizen' } as const
      return (await startCheckout(root, { ...order, citizenId: await engine.citizenOf(billIds[0] ?? ''), billIds })).checkoutId
    },
    async settleDay(root = engine.root) {
      for (const name of await gateway.driver.settle()) {
        const content = await gateway.gateway.settlementFile(name, AbortSignal.timeout(5_000))
        const file = gateway.gateway.parseSettlement(content)
        const { statementId } = await transaction(root.sql, (tx) =>
          receiveStatement(tx, { gateway: gateway.gateway.name, file, content, actor: 'test' }, root.clock.now()),
        )
        await root.engine.postStatement(statementId)
      }
    },
    async moved() {
      const counts: Record<string, number> = {}
      for (const { key: of } of await gateway.driver.journal()) counts[of] = (counts[of] ?? 0) + 1
      return counts
    },
    async stop() {
      await close()
      await engine.stop()
      await gateway.stop()
      await rm(folder, { recursive: true })
    },
  }
  await world.serve(engine.root)
  return world
}
