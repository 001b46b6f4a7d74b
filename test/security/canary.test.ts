import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Policy } from '../../domain/policy.ts'
import { describeIf } from '../support/skip.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { eventually } from '../support/eventually.ts'
import { quietPolicy } from '../support/policy.ts'
import { camtFile, party } from '../formats/camt-files.ts'
import { mapping } from '../api/batch-world.ts'
import { goji, hear } from '../cli/goji.ts'
import { type Browser, fieldOf } from '../web/browser.ts'
import { type Receiver, startReceiver } from '../webhooks-out/receiver.ts'
import { CANARIES, CARD, foundIn, GONE, spellingsOf } from './canaries.ts'
import { TactlessChannel, TactlessGateway } from './tactless.ts'
import { startWatchedWorld, type WatchedWorld } from './watched-world.ts'

const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))
const SLOW = 240_000
const POLICY: Policy = {
  ...quietPolicy,
  chain: [
    { channel: 'carrier', wait: 'PT1S', until: 'delivered' },
    { channel: 'mailbox', wait: 'PT24H', until: 'delivered' },
  ],
  objection: { within: 'P90D' },
}

/** Bills are lived to their ends on a real engine, with every text of a person planted; then all that is not the books is looked through. */
describeIf(missing === null, missing ?? '')('personal data and secrets', () => {
  const said = hear()
  const gateway = new TactlessGateway()
  const carrier = new TactlessChannel('carrier', true)
  const mailbox = new TactlessChannel('mailbox', false)
  /** Keys, secrets and codes, which come about on the way. */
  const secrets: Record<string, string> = {}
  const addresses: string[] = []
  let world: WatchedWorld
  let receiver: Receiver
  let institution = ''
  let hook = ''
  let key = ''
  let numbers = 0

  beforeAll(async () => {
    world = await startWatchedWorld(gateway, [carrier, mailbox])
    receiver = await startReceiver()
    const name = { ko: '한강시청', en: 'Hangang City' }
    const made = await world.api('POST', '/v1/institutions', {
      key: world.operator,
      body: { slug: 'hangang', name, currency: 'KRW', zone: 'Asia/Seoul' },
    })
    institution = made.body.institution.id
    key = made.body.key.secret
    await world.api('PUT', `/v1/institutions/${institution}/policies/bill`, {
      key: world.operator,
      body: { title: { ko: '고지', en: 'Bill' }, policy: POLICY },
    })
    Object.assign(secrets, { key, operator: world.operator, pepper: world.engine.root.config.GOJI_PEPPER })
    const endpoint = await world.api('POST', '/v1/webhook-endpoints', { key, body: { url: receiver.url, description: CANARIES.detail } })
    secrets['webhookSecret'] = endpoint.body.secret
    hook = endpoint.body.id
    receiver.mode = 500
  }, SLOW)
  afterAll(async () => {
    await world.stop()
    await receiver.stop()
  }, SLOW)

  const citizen = (): object => ({
    identifier: CANARIES.nationalId,
    name: CANARIES.name,
    language: 'ko',
    contacts: [
      { channel: 'carrier', address: `${CANARIES.address}|${CANARIES.phone}` },
      { channel: 'mailbox', address: CANARIES.email },
    ],
  })
  async function bill(): Promise<string> {
    const details = [{ label: '비고', value: CANARIES.detail }]
    const money = { amount: '12500', currency: 'KRW' }
    const body = { billNumber: `C-${++numbers}`, policy: 'bill', title: CANARIES.title, details, amount: money, citizen: citizen() }
    const answer = await world.api('POST', '/v1/bills', { key, body })
    expect(answer.status).toBe(201)
    return answer.body.id
  }
  const order = (path: string, body: object): ReturnType<WatchedWorld['api']> => world.api('POST', path, { key, body })
  const statusOf = async (table: 'bills' | 'refunds', id: string): Promise<string> => {
    const { sql } = world.engine.root
    const [row] = await sql<
      { state: string }[]
    >`select ${sql(table === 'bills' ? 'status' : 'state')} as state from ${sql(table)} where id = ${id}`
    return row?.state ?? ''
  }
  const until = (table: 'bills' | 'refunds', id: string, state: string): Promise<true> =>
    eventually(`${table} ${id} is ${state}`, async () => ((await statusOf(table, id)) === state ? true : undefined), 60_000)
  /** A page, whose address and whose links are kept. */
  async function page(browser: Browser, path: string): Promise<{ status: number; body: string; location: string | null }> {
    const answer = await browser.get(path)
    addresses.push(path, answer.location ?? '', ...[...answer.body.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, one]) => one ?? ''))
    return answer
  }

  it(
    'go through the API, a channel that refuses, a link, the pages, a payment and a refund to an account',
    async () => {
      const id = await bill()
      await until('bills', id, 'delivered')
      const link = new URL(mailbox.sent.at(-1)?.notice.action.url ?? '')
      const browser = world.browser()
      const { location } = await page(browser, link.pathname)
      expect(location).toBe(`/bills/${id}`)
      const shown = await page(browser, `/pay?bill=${id}`)
      const form = { key: fieldOf(shown.body, 'key'), total: fieldOf(shown.body, 'total'), bill: [id] }
      const started = await browser.post('/checkouts', form)
      addresses.push(started.location ?? '')
      const checkoutId = await eventually('the checkout is there', async () => {
        const [row] = await world.engine.root.sql<{ id: string }[]>`select id from checkouts where state = 'open'`
        return row?.id
      })
      gateway.authorize(checkoutId)
      addresses.push((await page(browser, `/checkouts/${checkoutId}/return`)).location ?? '')
      await until('bills', id, 'paid')
      const asked = { reason: CANARIES.reason, cancelCharge: true, expectedRefundable: { amount: '12500', currency: 'KRW' } }
      const refund = (await order(`/v1/bills/${id}/refunds`, asked)).body.data[0]?.id ?? ''
      await until('refunds', refund, 'awaitingAccount')
      const given = await order(`/v1/refunds/${refund}/account`, { bank: 'Sample Bank', number: CANARIES.account, holder: CANARIES.holder })
      expect(given.status).toBe(200)
      await until('refunds', refund, 'succeeded')
    },
    SLOW,
  )

  it(
    'go through signing in, an objection, orders of the command line, and a batch',
    async () => {
      const [objected, cancelled] = [await bill(), await bill()]
      await Promise.all([until('bills', objected, 'delivered'), until('bills', cancelled, 'delivered')])
      const browser = world.browser()
      await browser.post('/sign-in', { contact: CANARIES.typed })
      await browser.post('/sign-in', { contact: CANARIES.email, next: '/bills' })
      // The channel breaks with whatever it is given first, and quotes it.
      await eventually('that no code could be sent is logged', async () =>
        world.logged.some((line) => line.includes('could not be sent')) ? true : undefined,
      )
      const objection = await order(`/v1/bills/${objected}/objections`, { text: CANARIES.objection })
      expect(objection.status).toBe(201)
      await order(`/v1/objections/${objection.body.id}/decide`, { outcome: 'dismissed', reason: CANARIES.reason })
      const engine = ['--url', world.url, '--key', key]
      expect([await goji(said, 'bills', 'pause', objected, '--reason', CANARIES.reason, ...engine), said.stderr]).toEqual([0, ''])
      expect(await goji(said, 'bills', 'resume', objected, '--reason', CANARIES.reason, ...engine)).toBe(0)
      expect(await goji(said, 'bills', 'cancel', cancelled, '--reason', CANARIES.reason, ...engine)).toBe(0)
      const made = await order('/v1/batches', {
        name: CANARIES.detail,
        mapping: mapping({ contacts: [{ channel: 'mailbox', column: '앱' }] }),
      })
      const rows = [1, 2, 3].map(
        (row) =>
          `B-${row},${CANARIES.nationalId},${row === 3 ? CARD : CANARIES.name},${CANARIES.title},"1,000",2027.12.31,${CANARIES.email}`,
      )
      const file = ['고지번호,납부자,성명,고지명,금액,납기,앱', ...rows].join('\n')
      await world.api('PUT', `/v1/batches/${made.body.id}/rows`, { key, body: file, headers: { 'content-type': 'text/csv' } })
      await eventually('the batch is ready', async () =>
        (await world.api('GET', `/v1/batches/${made.body.id}`, { key })).body.state === 'ready' ? true : undefined,
      )
      expect((await order(`/v1/batches/${made.body.id}/issue`, { invalidRows: 'skip' })).status).toBe(200)
      await eventually('the batch is issued', async () => {
        const [row] = await world.engine.root.sql<
          { count: number }[]
        >`select count(*)::int as count from bills where bill_number like 'B-%' and status = 'delivered'`
        return row?.count === 2 ? true : undefined
      })
    },
    SLOW,
  )

  it(
    'go through refusals, mistakes of ours, a bank’s file and webhooks in both directions',
    async () => {
      const body = { billNumber: 'CARD', policy: 'bill', title: `Card ${CARD}`, details: [], amount: null, citizen: citizen() }
      expect(await world.api('POST', '/v1/bills', { key, body })).toMatchObject({ status: 422, body: { code: 'card_number_refused' } })
      for (const path of [
        `/v1/bills?citizenIdentifier=${encodeURIComponent(CANARIES.nationalId)}`,
        `/v1/${encodeURIComponent(CANARIES.name)}`,
      ])
        await world.api('GET', path, { key })
      await world.api('GET', `/v1/bills?key=${key}`, { key })
      mailbox.breaks = true
      const contact = { citizen: { identifier: CANARIES.nationalId }, channel: 'mailbox', address: CANARIES.email }
      expect((await order('/v1/contacts', contact)).status).toBe(500)
      mailbox.breaks = false
      const xml = camtFile({
        statements: [
          {
            id: 'canary',
            account: 'ACC1',
            currency: 'KRW',
            opening: '0',
            closing: '700',
            entries: [
              {
                amount: '700',
                currency: 'KRW',
                details: `<TxDtls>${party(CANARIES.payer, 'GB33BUKB20201555555555')}<RmtInf><Ustrd>${CANARIES.name}</Ustrd></RmtInf></TxDtls>`,
              },
            ],
          },
        ],
      })
      const statement = await world.api('POST', '/v1/statements', {
        key: world.operator,
        body: xml,
        headers: { 'content-type': 'application/xml' },
      })
      await eventually('the statement is booked', async () =>
        (await world.api('GET', `/v1/statements/${statement.body.id}`, { key: world.operator })).body.state === 'posted' ? true : undefined,
      )
      await world.api('POST', '/webhooks/channel/mailbox', {
        body: JSON.stringify({ to: CANARIES.email, by: CANARIES.name }),
        idempotencyKey: null,
      })
      await world.engine.root.engine.wakeWebhook(hook)
      await eventually('an institution was called', async () => (receiver.received.length > 0 ? true : undefined), 60_000)
      receiver.mode = 204
    },
    SLOW,
  )

  it(
    'stand in the books and nowhere else',
    async () => {
      // What was planted is there: else nothing could be found anywhere.
      const tables = await world.tables()
      const books = [...tables.values()].join('\n')
      const kept = Object.fromEntries(Object.entries(CANARIES).filter(([, canary]) => !GONE.includes(canary)))
      expect(Object.keys(kept).filter((name) => !foundIn(books, kept).includes(name))).toEqual([])
      expect(GONE.filter((canary) => books.includes(canary))).toEqual([])
      const planted = { ...CANARIES, ...secrets, card: CARD }
      expect(foundIn(books, { ...secrets, card: CARD })).toEqual([])
      const { workflows, words } = await world.temporal()
      expect(workflows).toBeGreaterThan(8)
      // Proof that names, failures and payloads are read: else nothing could be found in them either.
      for (const seen of ['BillStage', 'system.Error', '"billId":"bill_', '12500 KRW'])
        expect([seen, words.includes(seen)]).toEqual([seen, true])
      const files = world.temporalFiles()
      expect(files.some(({ text }) => text.includes('system.Error') && text.includes('"billId":"bill_'))).toBe(true)
      const log = world.logged.join('\n')
      for (const line of ['POST /v1/bills', 'request failed', 'webhook', 'sendNotice']) expect(log).toContain(line)
      const metrics = await fetch(`${world.url}/metrics`)
      const places: Record<string, string> = {
        "Temporal's histories": words,
        'the logs': log,
        'addresses of pages': addresses.join('\n'),
        'webhooks to the institution': receiver.received.map(({ text, headers }) => text + JSON.stringify(headers)).join('\n'),
        metrics: await metrics.text(),
        ...Object.fromEntries(files.map(({ name, text }) => [`Temporal's file ${name}`, text])),
      }
      const found = (within: Readonly<Record<string, string>>, what: Readonly<Record<string, string>>): object =>
        Object.fromEntries(
          Object.entries(within).flatMap(([place, text]) => (foundIn(text, what).length > 0 ? [[place, foundIn(text, what)]] : [])),
        )
      expect(found(places, planted)).toEqual({})
      // Tables that are append-only or forgotten by nobody hold what an institution wrote itself, and nothing of the citizen's.
      const citizens = ['name', 'email', 'phone', 'address', 'account', 'holder'] as const
      const personal = Object.fromEntries(citizens.map((one) => [one, CANARIES[one]]))
      const lasting = ['log', 'facts', 'events', 'ledger_entries', 'ledger_transactions', 'rate_limits', 'inbox', 'idempotency_keys']
      expect(found(Object.fromEntries(lasting.map((table) => [table, tables.get(table) ?? ''])), personal)).toEqual({})
    },
    SLOW,
  )
})

it.each(Object.entries(CANARIES))('the search sees %s in every spelling', (name, canary) => {
  for (const spelling of [
    canary,
    encodeURIComponent(canary),
    Buffer.from(`xy${canary}zw`).toString('base64'),
    Buffer.from(`x${canary}`).toString('base64'),
  ])
    expect([spelling, foundIn(`… ${spelling} …`, CANARIES).includes(name)]).toEqual([spelling, true])
  expect(spellingsOf(canary).every((spelling) => spelling.length >= 5)).toBe(true)
})
