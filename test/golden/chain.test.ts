import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createPaperChannel } from '../../adapters/channels/paper/channel.ts'
import { parseSettings } from '../../adapters/channels/paper/settings.ts'
import { DAY_MS } from '../../domain/duration.ts'
import type { Channel } from '../../domain/ports/channel.ts'
import type { Policy } from '../../domain/policy.ts'
import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { FakeChannel, useChannels } from '../support/fake-channel.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { reasonNoVirtualTime, startVirtualEngine, type VirtualEngine } from '../support/virtual-time.ts'

/** A Thursday. A letter is printed every day at six in the evening. */
const seoul = (time: string): number => Date.parse(`${time}+09:00`)
const ISSUED = seoul('2060-01-29T10:00')
const PRINTED = seoul('2060-01-31T18:00')
const HOME = '목동동로 105|101동 1203호|07995|KR'

const POLICY: Policy = {
  ...quietPolicy,
  chain: [
    { channel: 'talk', wait: 'PT24H', until: 'read', needsAddress: true },
    { channel: 'text', wait: 'PT24H', until: 'read', needsAddress: true },
    { channel: 'paper', wait: 'P10D', until: 'delivered', needsAddress: true, silent: true, recalls: true },
  ],
  proofOfService: 'delivered',
  due: { from: 'service', after: 'P30D' },
  early: { percent: '20', within: 'P10D', from: 'service' },
  reminders: [],
  handBackAfter: 'P60D',
}

const missing = reasonNoVirtualTime()

/** Golden scenario 1: a notice in an app, unread; a text message, unread; a registered letter. */
describeIf(missing === null, missing ?? '')('the chain', () => {
  let engine: VirtualEngine
  let spool: string
  let paper: Channel
  const bills: Record<'patient' | 'justInTime' | 'tooLate' | 'payer', string> = { patient: '', justInTime: '', tooLate: '', payer: '' }

  const deliveries = (billId: string) =>
    engine.root.sql<
      { id: string; channel: string; state: string; attempted_at: number; cost_minor: bigint | null }[]
    >`select id, channel, state, attempted_at, cost_minor from deliveries where bill_id = ${billId} order by attempted_at`
  const letterOf = async (billId: string) => (await deliveries(billId)).find(({ channel }) => channel === 'paper')
  const printed = async (): Promise<string[]> => {
    const folders = await readdir(join(spool, 'batches')).catch(() => [])
    const manifests = await Promise.all(folders.map((name) => readFile(join(spool, 'batches', name, 'manifest.csv'), 'utf8')))
    return manifests.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0] ?? ''),
    )
  }
  /** The citizen opens the message that came first. */
  async function open(billId: string): Promise<void> {
    const { sql, clock, engine: temporal } = engine.root
    const [first] = await deliveries(billId)
    const receipt = { level: 'read', at: clock.now(), reference: 'page' } as const
    await temporal.wake(await transaction(sql, (tx) => recordReceipt(tx, first?.id ?? '', receipt, clock.now())))
  }
  const tend = () => paper.tend?.(engine.root.clock.now(), AbortSignal.timeout(10_000))

  beforeAll(async () => {
    spool = await mkdtemp(join(tmpdir(), 'chain-'))
    engine = await startVirtualEngine(new FakeGateway())
    const { root } = engine
    const settings = parseSettings({
      PAPER_SPOOL_DIR: spool,
      PAPER_STATUS_SECRET: Buffer.alloc(32, 1).toString('base64'),
      PAPER_CUTOFF: '18:00 Asia/Seoul',
      PAPER_RATES: '{"currency":"KRW","page":"45","ordinary":"430","registered":"2830"}',
    })
    paper = createPaperChannel(settings, root.clock)
    useChannels(root.adapters, [new FakeChannel('talk', 'accepts', root.clock), new FakeChannel('text', 'accepts', root.clock), paper])
    await engine.goTo(ISSUED)
    await engine.startWorker()
    const city = await engine.institution('City', POLICY)
    const contacts = ['talk', 'text', 'paper'].map((channel) => ({ channel, address: channel === 'paper' ? HOME : `${channel}:1` }))
    for (const name of ['patient', 'justInTime', 'tooLate', 'payer'] as const)
      bills[name] = await engine.issue({ institutionId: city, citizen: name, contacts })
    await engine.goTo(PRINTED - 1_000)
  }, 120_000)
  afterAll(async () => {
    await engine.stop()
    await rm(spool, { recursive: true, force: true })
  })

  it('goes on from one channel to the next after a day each, and the letter waits for its cut-off', async () => {
    const sent = await deliveries(bills.patient)
    expect(sent.map(({ channel, state }) => [channel, state])).toEqual([
      ['talk', 'accepted'],
      ['text', 'accepted'],
      ['paper', 'accepted'],
    ])
    for (const [index, { attempted_at: at }] of sent.entries()) expect(Math.abs(at - (ISSUED + index * DAY_MS))).toBeLessThan(60_000)
    expect(sent[2]?.cost_minor).toBe(2_875n)
    await tend()
    expect(await printed()).toEqual([])
  })

  it('prints no letter whose notice is opened one second before', async () => {
    await open(bills.justInTime)
    const letter = await eventually('the letter is recalled', async () => {
      const found = await letterOf(bills.justInTime)
      return found?.state === 'recalled' ? found : undefined
    })
    expect(letter.cost_minor).toBeNull()
    await engine.goTo(PRINTED)
    await tend()
    const keys = await Promise.all([bills.patient, bills.tooLate, bills.payer].map(async (billId) => (await letterOf(billId))?.id))
    expect((await printed()).sort()).toEqual(keys.sort())
    expect(await engine.root.sql`select status from bills where id = ${bills.justInTime}`).toEqual([{ status: 'delivered' }])
  })

  it('lets a letter go that is printed already, and says so', async () => {
    await open(bills.tooLate)
    await eventually('the refusal of the recall', async () => {
      const log = await engine.root.sql`select from log where subject = ${`bill:${bills.tooLate}`} and action = 'recallRefused'`
      return log.length > 0 ? true : undefined
    })
    expect(await letterOf(bills.tooLate)).toMatchObject({ state: 'accepted' })
  })

  it('counts the due date from the proof of service, and takes it back when the letter returns', async () => {
    const letter = await letterOf(bills.patient)
    const { sql, clock, engine: temporal } = engine.root
    /** The last moment to pay in time, and the last one to pay a fifth less. */
    const due = async () => (await sql`select due_at, early_minor, early_until from bills where id = ${bills.patient}`)[0]
    const report = async (line: string): Promise<void> => {
      const [notice] = paper.readReports?.(`key,status,reason,date\n${letter?.id},${line}\n`, clock.now()) ?? []
      if (notice === undefined) throw new Error('the status file says nothing')
      await temporal.wake(await transaction(sql, (tx) => recordReceipt(tx, notice.key, notice.receipt, clock.now())))
    }
    expect(await due()).toMatchObject({ due_at: null, early_minor: 200n, early_until: null })
    await engine.goTo(seoul('2060-02-02T12:00'))
    await report('delivered,,2060-02-02T11:00:00+09:00')
    expect(await due()).toEqual({
      due_at: seoul('2060-03-03T23:59:59.999'),
      early_minor: 200n,
      early_until: seoul('2060-02-12T23:59:59.999'),
    })
    await engine.goTo(seoul('2060-02-11T12:00'))
    await report('returned,moved,2060-02-11T10:00:00+09:00')
    expect(await due()).toMatchObject({ due_at: null, early_minor: 200n, early_until: null })
    const tasks = await eventually('the task of a person', async () => {
      const rows = await sql`select kind, closed_at from exceptions where bill_id = ${bills.patient}`
      return rows.length > 0 ? rows : undefined
    })
    expect(tasks).toEqual([{ kind: 'returnedMail', closed_at: null }])
    expect(await sql`select kind, amount_minor from charges where bill_id = ${bills.patient}`).toHaveLength(1)
  })
})
