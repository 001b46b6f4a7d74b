import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Policy } from '../../domain/policy.ts'
import { BILL_FACTS, SWEPT } from '../../domain/signals.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { pauseBill } from '../../store/commands/pause-bill.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { plain, type SavedEvent, textsIn, toldEvents } from '../replay/saved-histories.ts'
import { eventually } from '../support/eventually.ts'
import { FakeChannel } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { capture, openPayment, pay, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** Falls due at once; nothing else happens for months. */
const DUE_SOON: Policy = { ...quietPolicy, due: { from: 'issue', after: 'PT2S' }, reminders: [{ when: 'after', offset: 'P30D' }] }
const LETTERS: Policy = {
  ...quietPolicy,
  chain: [
    { channel: 'letterbox', wait: 'PT24H', until: 'delivered' },
    { channel: 'inbox', wait: 'PT24H', until: 'delivered' },
  ],
}
/** Whom the test engine's bills are addressed to. */
const CITIZEN = '김하늘'

interface Metadata {
  readonly definition: { readonly signalDefinitions: readonly { readonly name?: string; readonly description: string }[] }
  readonly currentDetails: string
}

describe('what an operator sees of a bill in Temporal', () => {
  const letterbox = new FakeChannel('letterbox', 'busy', { now: () => Date.now() })
  let engine: StartedEngine
  let quiet: string
  /** Bills whose whole histories are looked at in the end. */
  const lived: string[] = []

  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway(), { channels: [letterbox] })
    quiet = await engine.institution('Quiet', quietPolicy)
  }, 60_000)
  afterAll(() => engine.stop())

  const run = (billId: string, runId?: string) => engine.client.workflow.getHandle(`bill:${billId}`, runId)
  const seen = async (billId: string): Promise<Metadata> => run(billId).query<Metadata>('__temporal_workflow_metadata')
  const details = async (billId: string): Promise<string> => (await seen(billId)).currentDetails
  const events = async (billId: string): Promise<SavedEvent[]> => ((await run(billId).fetchHistory()).events ?? []).map(plain)
  const tell = async (wakes: Promise<readonly Wake[]>): Promise<void> => engine.root.engine.wake(await wakes)

  async function issued(institutionId: string): Promise<string> {
    const billId = await engine.issue({ institutionId, citizen: 'somebody' })
    lived.push(billId)
    return billId
  }

  async function delivered(institutionId: string): Promise<string> {
    const billId = await issued(institutionId)
    await engine.until(billId, 'delivered')
    return billId
  }

  const order = (billId: string) => ({ billId, reason: 'test', actor: 'test' })
  const cancel = (billId: string): Promise<void> => tell(transaction(engine.root.sql, (tx) => cancelBill(tx, order(billId), Date.now())))

  async function paid(billId: string): Promise<Parameters<typeof receiveSettlement>[1][number]> {
    const { wakes, ...payment } = await pay(engine.root, billId)
    await tell(Promise.resolve(wakes))
    return payment
  }

  const closed = (billId: string): Promise<void> =>
    eventually(`the run of ${billId} has closed`, async () =>
      (await run(billId).describe()).status.name === 'COMPLETED' ? true : undefined,
    ).then(() => undefined)

  /** The current details once they hold `text`: the run may still be reading. */
  const detailsWith = (billId: string, text: string): Promise<string> =>
    eventually(`the details of ${billId} say "${text}"`, async () => {
      const now = await details(billId)
      return now.includes(text) ? now : undefined
    })

  /** The search attributes as they stand at the start of the run and after each change, which names only what is different. */
  async function attributesOf(billId: string): Promise<Record<string, unknown>[]> {
    let standing: Record<string, unknown> = {}
    return (await events(billId)).flatMap((event) => {
      const changed = (event['workflowExecutionStartedEventAttributes'] ?? event['upsertWorkflowSearchAttributesEventAttributes']) as
        { searchAttributes?: { indexedFields: Record<string, { data?: string }> } } | undefined
      if (!changed?.searchAttributes) return []
      const fields = Object.entries(changed.searchAttributes.indexedFields)
      const values = fields.map(([name, { data }]) => [name, data ? JSON.parse(Buffer.from(data, 'base64').toString()) : null])
      standing = { ...standing, ...(Object.fromEntries(values) as Record<string, unknown>) }
      return [standing]
    })
  }

  it('is which bill it is, with its channels in their order and where its books are', async () => {
    letterbox.behaviour = 'busy'
    const billId = await issued(await engine.institution('Letters', LETTERS))
    const description = await run(billId).describe()
    expect(await description.staticSummary()).toBe('Letters: Bill, 1000 KRW')
    const text = await description.staticDetails()
    expect(text).toContain('letterbox → inbox')
    expect(text).toContain(`goji bills get ${billId}`)
    // While a channel is tried again and again, it is the pending activity that tells how often and why.
    expect(await detailsWith(billId, 'Under way')).toContain('send the notice by letterbox')
    const [pending] = await eventually('the sending is pending', async () => {
      const { raw } = await run(billId).describe()
      const waiting = (raw.pendingActivities ?? []).filter(({ lastFailure }) => lastFailure)
      return waiting.length > 0 ? waiting : undefined
    })
    expect(pending?.activityType?.name).toBe('sendNotice')
    expect(pending?.lastFailure?.message).toBe('The provider answered busy')
    await cancel(billId)
    await closed(billId)
  })

  it('is what each signal means', async () => {
    const { signalDefinitions } = (await seen(await delivered(quiet))).definition
    const named = signalDefinitions.filter(({ name }) => name !== undefined)
    expect(named.map(({ name }) => name).sort()).toEqual([...BILL_FACTS, SWEPT].sort())
    expect(named.filter(({ description }) => description === '')).toEqual([])
  })

  it('is where it stands and what comes next, from its issue to its close', async () => {
    const billId = await issued(await engine.institution('Story', DUE_SOON))
    await engine.until(billId, 'overdue')
    expect(await detailsWith(billId, 'status overdue')).toMatch(
      /^\*\*Stage remind, status overdue\.\*\*\n\nWas due until .* UTC\.\n\nNext: send reminder 1 by inbox, on .* UTC, unless it is paid first\.$/,
    )
    const payment = await paid(billId)
    expect(await detailsWith(billId, 'status paid')).toMatch(/Next: ask the gateway for the settlement, on .* UTC, unless the settlement/)
    await engine.root.engine.postStatement(await receiveSettlement(engine.root, [payment]))
    await closed(billId)
    expect(await details(billId)).toMatch(/^\*\*Stage closed, status settled\.\*\*\n\nPaid, and the gateway has settled the payment\./)

    const attributes = await attributesOf(billId)
    expect(attributes.map(({ BillStage, BillStatus }) => [BillStage, BillStatus])).toEqual([
      // Started as it stands once it is issued, and changed as its due date counts to the millisecond from then.
      ['deliver', 'issued'],
      ['deliver', 'issued'],
      ['pay', 'delivered'],
      ['remind', 'overdue'],
      ['reconcile', 'paid'],
      ['closed', 'settled'],
    ])
    expect(attributes[0]).toMatchObject({ BillStage: 'deliver', BillStatus: 'issued', Institution: 'Story', Paused: false })
  })

  it('is that it is paused, and nothing of that once it has closed', async () => {
    const due = expect.stringMatching(/Z$/)
    const pausedThenCancelled = async (institutionId: string, text: string): Promise<unknown[]> => {
      const billId = await delivered(institutionId)
      // The books know it before the run does, which would then go from the sending to the pause in one reading.
      await detailsWith(billId, 'Next: send reminder 1')
      await tell(transaction(engine.root.sql, (tx) => pauseBill(tx, order(billId), Date.now())))
      expect(await detailsWith(billId, 'Paused:')).toContain(text)
      await cancel(billId)
      await closed(billId)
      expect(await details(billId)).not.toContain('aused')
      return (await attributesOf(billId)).map(({ BillStage, Paused, BillDueDate }) => [BillStage, Paused, BillDueDate])
    }
    const begun = [
      ['deliver', false, due],
      ['remind', false, due],
    ]
    expect(await pausedThenCancelled(quiet, 'No date is set while it is paused')).toEqual([
      ...begun,
      ['pay', true, null],
      ['closed', false, null],
    ])
    // A pause that stops only what is far away changes nothing but the pause itself.
    const patient = await engine.institution('Patient', { ...quietPolicy, pauseStops: ['handBack'] })
    expect(await pausedThenCancelled(patient, 'Next: send reminder 1 by inbox')).toEqual([
      ...begun,
      ['remind', true, due],
      ['closed', false, null],
    ])
  })

  it('is why a closed bill was opened again', async () => {
    const billId = await delivered(quiet)
    const payment = await openPayment(engine.root, billId)
    await cancel(billId)
    await closed(billId)
    const first = (await run(billId).describe()).runId
    await tell(capture(engine.root, payment))
    await closed(billId)
    const [before, after] = await Promise.all([run(billId, first).describe(), run(billId).describe()])
    expect(after.runId).not.toBe(first)
    expect(await before.staticSummary()).toBe('Quiet: Bill, 1000 KRW')
    expect(await after.staticSummary()).toBe(
      'Quiet: Bill, 1000 KRW. Reopened: 1000 KRW was paid that the bill no longer takes; it goes back',
    )
  })

  it('is every open overdue bill of an institution, with the query of the handbook', async () => {
    const handbook = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8')
    const [, documented = ''] = /All open overdue bills of Dorset:\s+```\s+temporal workflow list --query "([^"]+)"/.exec(handbook) ?? []
    const name = `office-${randomUUID()}`
    const query = documented.replace("'Dorset'", `'${name}'`)
    expect(query).toContain(name)
    const found = async (): Promise<string[]> => {
      const ids: string[] = []
      for await (const { workflowId } of engine.client.workflow.list({ query })) ids.push(workflowId)
      return ids.sort()
    }
    const [soon, elsewhere] = await Promise.all([engine.institution(name, DUE_SOON), engine.institution(`other-${randomUUID()}`, DUE_SOON)])
    const [one, two, three, thenPaid, thenCancelled, others] = await Promise.all(
      [soon, soon, soon, soon, soon, elsewhere].map(async (institutionId) => {
        const billId = await issued(institutionId)
        await engine.until(billId, 'overdue')
        return billId
      }),
    )
    expect(others).toBeDefined()
    const until = (bills: (string | undefined)[]): Promise<string[]> =>
      eventually('visibility has caught up', async () => {
        const ids = await found()
        return ids.length === bills.length ? ids : undefined
      })
    const expected = (bills: (string | undefined)[]): string[] => bills.map((billId) => `bill:${billId}`).sort()
    const all = [one, two, three, thenPaid, thenCancelled]
    expect(await until(all)).toEqual(expected(all))
    // One that is not due yet is not among them, and those that are paid or cancelled leave the answer.
    const policy = { institutionId: soon, name: 'bill', title: { ko: '고지', en: 'Bill' }, body: quietPolicy, actor: 'test' }
    await transaction(engine.root.sql, (tx) => insertPolicy(tx, policy, Date.now()))
    await delivered(soon)
    await paid(thenPaid ?? '')
    await cancel(thenCancelled ?? '')
    expect(await until([one, two, three])).toEqual(expected([one, two, three]))
  })

  it('is what every activity, timer and reading is for, and nowhere the citizen', async () => {
    for (const billId of lived) {
      const history = await events(billId)
      expect(toldEvents(history).filter(({ summary }) => summary.trim() === '')).toEqual([])
      expect(textsIn(history).filter((text) => text.includes(CITIZEN))).toEqual([])
    }
  })
})
