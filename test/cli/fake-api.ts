import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GatewayDriver } from '../../domain/ports/simulator.ts'

export const FAKE_KEY = 'goji_test_operator'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly key: string | undefined
  readonly type: string | undefined
  readonly idempotencyKey: string | undefined
  readonly body: Record<string, unknown>
}

interface FakeBill {
  readonly id: string
  readonly institution: string
  readonly number: string
  readonly minor: bigint
  readonly citizen: string
  readonly createdAt: string
  status: 'received' | 'issued' | 'paid' | 'settled' | 'cancelled' | 'writtenOff' | 'handedBack' | 'concluded'
  method?: string
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Record<string, string>
}

const problem = (status: number, code: string, detail = `Refused: ${code}.`): Answer => ({
  status,
  body: { code, detail, requestId: 'req_1' },
})

/**
 * An engine that only keeps books: it issues a bill at the second look, takes payments and settles them, and hands back
 * what nobody will pay as soon as everybody has acted. Its amounts are pence.
 */
export class FakeApi {
  readonly requests: SeenRequest[] = []
  readonly bills = new Map<string, FakeBill>()
  readonly checkouts = new Map<string, readonly string[]>()
  readonly gateway: GatewayDriver
  /** Answers a request in the engine's place; undefined leaves it to the engine. */
  intercept: (request: SeenRequest) => Answer | undefined = () => undefined
  /** Every answer, where it is to be none of the engine's. */
  raw: { readonly type: string; readonly bytes: Uint8Array } | undefined
  readonly #answers = new Map<string, Answer>()
  readonly #institutions = new Map<string, { id: string; slug: string; name: string; currency: string }>()
  readonly #keys = new Map<string, string>()
  readonly #files: string[] = []
  readonly #server = createServer((request, response) => {
    void this.#serve(request).then(({ status, body, headers }) => {
      if (this.raw) response.writeHead(200, { 'content-type': this.raw.type }).end(this.raw.bytes)
      else response.writeHead(status, headers).end(JSON.stringify(body))
    })
  })
  #quietReports = 0

  constructor() {
    this.gateway = {
      authorize: async (key, method) => {
        const ids = this.checkouts.get(key)
        const open = ids?.map((id) => this.bills.get(id) as FakeBill).filter(({ status }) => status === 'issued') ?? []
        for (const bill of open) Object.assign(bill, { status: 'paid', method })
        return open.length > 0
      },
      decline: async () => true,
      settle: async () => {
        if ([...this.bills.values()].some(({ status }) => status === 'paid')) this.#files.push(`file-${this.#files.length + 1}`)
        return this.#files
      },
      settlement: async (name) => `text of ${name}`,
    }
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** What was sent with this method to paths that match. */
  sent(method: string, path: RegExp): SeenRequest[] {
    return this.requests.filter((request) => request.method === method && path.test(request.path))
  }

  async #serve(incoming: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const request: SeenRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      key: incoming.headers.authorization?.replace('Bearer ', ''),
      type: incoming.headers['content-type'],
      idempotencyKey: incoming.headers['idempotency-key'] as string | undefined,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    }
    this.requests.push(request)
    if (request.method === 'POST') this.#quietReports = 0
    const known = this.#answers.get(`${request.key} ${request.path} ${request.idempotencyKey}`)
    const answer = this.intercept(request) ?? known ?? this.#answer(request)
    if (request.method === 'POST' && answer.status < 300)
      this.#answers.set(`${request.key} ${request.path} ${request.idempotencyKey}`, answer)
    return answer
  }

  #answer({ method, path, key = '', body }: SeenRequest): Answer {
    const [route = '', query = ''] = path.slice('/v1'.length).split('?')
    const search = new URLSearchParams(query)
    const [, collection = '', id = '', verb = '', name = ''] = route.split('/')
    const isOperator = key === FAKE_KEY
    switch (`${method} ${collection} ${verb}`) {
      case 'POST institutions ':
        return isOperator ? this.#takeIn(body) : problem(403, 'platform_key_needed')
      case 'GET institutions ':
        return { status: 200, body: { data: [...this.#institutions.values()], nextCursor: null } }
      case 'PUT institutions policies':
        return { status: 201, body: { name, version: 1, ...body } }
      case 'POST institutions keys':
        return { status: 201, body: { secret: this.#makeKey(id) } }
      case 'POST bills ':
        return this.#create(this.#keys.get(key), body)
      case 'GET bills ':
        return { status: 200, body: { data: this.#list(search), nextCursor: null } }
      case 'POST bills cancel':
      case 'POST bills write-off':
        return this.#drop(id, verb === 'cancel' ? 'cancelled' : 'writtenOff')
      case 'POST checkouts ':
        return this.#checkOut(body['bills'] as string[])
      case 'POST statements ':
        for (const bill of this.bills.values()) if (bill.status === 'paid') bill.status = 'settled'
        return { status: 202, body: { id: 'stm_1' } }
      case 'GET reports ':
        return { status: 200, body: this.#report(search.get('institution')) }
      default:
        return problem(404, 'path_not_found')
    }
  }

  #takeIn(body: Record<string, unknown>): Answer {
    const slug = body['slug'] as string
    if (this.#institutions.has(slug)) return problem(409, 'institution_taken')
    const institution = { id: `ins_${slug}`, slug, name: (body['name'] as { en: string }).en, currency: body['currency'] as string }
    this.#institutions.set(slug, institution)
    return { status: 201, body: { institution, key: { secret: this.#makeKey(institution.id) } } }
  }

  #makeKey(institution: string): string {
    const key = `goji_test_${this.#keys.size}`
    this.#keys.set(key, institution)
    return key
  }

  #create(institution: string | undefined, body: Record<string, unknown>): Answer {
    if (institution === undefined) return problem(403, 'institution_key_needed')
    const number = body['billNumber'] as string
    if ([...this.bills.values()].some((bill) => bill.institution === institution && bill.number === number))
      return problem(409, 'bill_number_taken')
    const amount = body['amount'] as { amount: string } | null
    const bill: FakeBill = {
      id: `bill_${this.bills.size + 1}`,
      institution,
      number,
      minor: BigInt((amount?.amount ?? '0').replace('.', '')),
      citizen: (body['citizen'] as { identifier: string }).identifier,
      createdAt: new Date(this.bills.size).toISOString(),
      status: 'received',
    }
    this.bills.set(bill.id, bill)
    return { status: 201, body: { id: bill.id, createdAt: bill.createdAt } }
  }

  #list(search: URLSearchParams): unknown[] {
    const wanted = [...this.bills.values()].filter(
      (bill) =>
        (search.get('status') ?? bill.status) === bill.status &&
        (search.get('billNumber') ?? bill.number) === bill.number &&
        (search.get('citizenIdentifier') ?? bill.citizen) === bill.citizen,
    )
    if (search.get('status') === 'received') for (const bill of wanted) bill.status = bill.minor === 0n ? 'concluded' : 'issued'
    return wanted.map(({ id, createdAt, number }) => ({ id, createdAt, billNumber: number }))
  }

  #drop(id: string, status: 'cancelled' | 'writtenOff'): Answer {
    const bill = this.bills.get(id)
    if (bill?.status !== 'issued') return problem(409, 'bill_closed')
    bill.status = status
    return { status: 200, body: {} }
  }

  #checkOut(ids: readonly string[]): Answer {
    if (ids.some((id) => this.bills.get(id)?.status !== 'issued')) return problem(409, 'bill_not_payable')
    const id = `chk_${this.checkouts.size + 1}`
    this.checkouts.set(id, ids)
    return { status: 201, body: { id, state: 'open', url: 'http://pay.example/x' } }
  }

  /** Bills that nobody pays come to their end once nothing was paid for a few readings. */
  #report(institution: string | null): unknown {
    this.#quietReports += 1
    if (this.#quietReports > 5) for (const bill of this.bills.values()) if (bill.status === 'issued') bill.status = 'handedBack'
    const all = [...this.bills.values()].filter((bill) => institution === null || bill.institution === institution)
    const sum = (bills: readonly FakeBill[]): unknown => {
      const total = bills
        .reduce((minor, bill) => minor + bill.minor, 0n)
        .toString()
        .padStart(3, '0')
      return { bills: bills.length, amount: `${total.slice(0, -2)}.${total.slice(-2)}` }
    }
    const having = (bills: readonly FakeBill[], ...statuses: string[]): FakeBill[] =>
      bills.filter(({ status }) => statuses.includes(status))
    const methods = [...new Set(all.flatMap(({ method }) => method ?? []))]
    return {
      bills: all.length,
      final: having(all, 'settled', 'cancelled', 'writtenOff', 'handedBack', 'concluded').length,
      ledger_balanced: true,
      institutions: [...this.#institutions.values()].flatMap(({ id, name, currency }) => {
        const own = all.filter((bill) => bill.institution === id)
        if (own.length === 0) return []
        return [
          {
            name,
            currency,
            issued: sum(own),
            paid: sum(having(own, 'paid', 'settled')),
            refunded: sum([]),
            settled: sum(having(own, 'settled')),
            written_off: sum(having(own, 'writtenOff')),
            cancelled: sum(having(own, 'cancelled')),
            outstanding: sum(having(own, 'received', 'issued', 'handedBack')),
          },
        ]
      }),
      payments_by_method: Object.fromEntries(
        methods.map((method) => {
          const { amount } = sum(all.filter((bill) => bill.method === method)) as { amount: string }
          return [method, { payments: all.filter((bill) => bill.method === method).length, amount, currency: 'GBP' }]
        }),
      ),
    }
  }
}
