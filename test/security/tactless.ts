import { ProviderError } from '../../domain/errors.ts'
import type { Channel, ChannelReceipt, SendRequest } from '../../domain/ports/channel.ts'
import type { Gateway, RefundReport } from '../../domain/ports/gateway.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { CANARIES } from './canaries.ts'

/** A channel that quotes in its errors whom it was to reach: first as a library would, then as an adapter that knows no better. */
export class TactlessChannel implements Channel {
  readonly name: string
  readonly repeat = 'idempotent'
  readonly reports = 'read'
  readonly needsAddress = true
  readonly sent: SendRequest[] = []
  readonly #refuses: boolean
  readonly #attempts = new Map<string, number>()
  /** Answers a question about an address with an error that quotes it. */
  breaks = false

  constructor(name: string, refuses: boolean) {
    this.name = name
    this.#refuses = refuses
  }

  reachable = async (address: string): Promise<boolean> => {
    if (this.breaks) throw Object.assign(new Error(`cannot look up <${address}>`), { code: 'EQUERY', query: address })
    return true
  }

  async send(request: SendRequest): Promise<ChannelReceipt> {
    const { key, address, notice } = request
    const attempt = (this.#attempts.get(key) ?? 0) + 1
    this.#attempts.set(key, attempt)
    const said = `550 <${address}> (${notice.citizenName}) is over quota`
    if (attempt === 1) throw Object.assign(new Error(said), { response: said, recipient: address })
    if (this.#refuses && attempt === 2) throw new ProviderError('temporary', 'over_quota', said, { cause: new Error(said) })
    if (this.#refuses) throw new ProviderError('permanent', 'mailbox_unknown', said)
    this.sent.push(request)
    return { level: 'delivered', at: Date.now(), reference: key }
  }

  receipt = async (): Promise<ChannelReceipt | null> => null

  translate = (_headers: unknown, body: Buffer): never => {
    throw new Error(`cannot read ${body.toString('utf8')}`)
  }
}

/** A gateway that echoes the payer's name and account wherever it says no, as some do. */
export class TactlessGateway extends FakeGateway {
  #opened = 0
  #refunds = 0

  override async openSession(request: Parameters<Gateway['openSession']>[0]): ReturnType<Gateway['openSession']> {
    if (++this.#opened === 1) throw new Error(`customer ${CANARIES.name} <${CANARIES.email}> is being checked: ${request.title}`)
    return super.openSession(request)
  }

  override async refund(request: Parameters<Gateway['refund']>[0]): Promise<RefundReport> {
    const said = `${CANARIES.name} ${JSON.stringify(request, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`
    const attempt = ++this.#refunds
    if (attempt === 1) throw new Error(said)
    if (attempt === 2) throw new ProviderError('permanent', 'card_closed', said)
    if (attempt === 3) throw new ProviderError('temporary', 'bank_busy', said, { cause: new Error(said) })
    return super.refund(request)
  }

  readonly refundsToAccounts = true
}
