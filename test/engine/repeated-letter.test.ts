import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../domain/errors.ts'
import type { ChannelReceipt, SendRequest } from '../../domain/ports/channel.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { by, MailLike } from './restore-world.ts'

/** A mail server that takes every letter and hangs up before it says so. */
class HangsUp extends MailLike {
  onSecond: (deliveryId: string) => Promise<void> = async () => undefined

  override async send(request: SendRequest): Promise<ChannelReceipt> {
    await super.send(request)
    if (this.sent.length === 2) await this.onSecond(request.key)
    throw new ProviderError('unknown', 'no_answer', 'the mail server hung up')
  }
}

describe('a letter that may have come twice, of a bill that is cancelled before anybody knows', () => {
  const mail = new HangsUp('mail', 'accepts', { now: () => Date.now() })
  let engine: StartedEngine
  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway(), { channels: [mail] })
  }, 180_000)
  afterAll(() => engine.stop())

  const deliveries = () =>
    engine.root.sql<
      { state: string; attempts: number; possible_duplicate: boolean }[]
    >`select state, attempts, possible_duplicate from deliveries`

  it('is said to be one before it goes out again, and ends with its bill', async () => {
    const city = await engine.institution('City', by('mail'))
    let before: unknown
    let billId = ''
    mail.onSecond = async () => {
      before = await deliveries()
      // Its run is not told: the next attempt finds out by itself that there is nothing left to send.
      const order = { billId, reason: 'A mistake', actor: 'test' }
      await transaction(engine.root.sql, (tx) => cancelBill(tx, order, engine.root.clock.now()))
    }
    billId = await engine.issue({ institutionId: city, citizen: 'ann', contacts: [{ channel: 'mail', address: 'ann@example.org' }] })
    await engine.client.workflow.getHandle(`bill:${billId}`).result()
    expect(before).toEqual([{ state: 'sending', attempts: 2, possible_duplicate: true }])
    expect(await deliveries()).toEqual([{ state: 'stopped', attempts: 2, possible_duplicate: true }])
    expect(mail.sent).toHaveLength(2)
  }, 180_000)
})
