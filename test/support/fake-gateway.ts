import type { Gateway, PaymentReport, RefundReport } from '../../domain/ports/gateway.ts'
import type { Money } from '../../domain/money.ts'

/** A gateway in memory that does at once what it is told: for tests of the engine, not of a provider. */
export class FakeGateway implements Gateway {
  readonly name = 'fake'
  readonly repeat = { capture: 'idempotent', refund: 'idempotent' } as const
  readonly captures: string[] = []
  readonly refunds = new Map<string, RefundReport>()
  readonly #sessions = new Map<string, { amount: Money; status: 'pending' | 'authorized' | 'captured' | 'cancelled' }>()

  async openSession({ key, amount }: Parameters<Gateway['openSession']>[0]): ReturnType<Gateway['openSession']> {
    if (!this.#sessions.has(key)) this.#sessions.set(key, { amount, status: 'pending' })
    return { reference: `ref-${key}`, url: `https://gateway.example/${key}` }
  }

  authorize(key: string): void {
    const session = this.#sessions.get(key)
    if (session?.status === 'pending') session.status = 'authorized'
  }

  async payment(key: string): Promise<PaymentReport> {
    const session = this.#sessions.get(key)
    if (!session) return { status: 'pending' }
    return session.status === 'captured' ? this.#captured(session.amount) : { status: session.status }
  }

  async capture(key: string): Promise<PaymentReport> {
    const session = this.#sessions.get(key)
    if (session?.status === 'authorized') {
      session.status = 'captured'
      this.captures.push(key)
    }
    return this.payment(key)
  }

  async cancel(key: string): Promise<PaymentReport> {
    const session = this.#sessions.get(key)
    if (session?.status === 'pending') session.status = 'cancelled'
    return this.payment(key)
  }

  async refund({ key }: Parameters<Gateway['refund']>[0]): Promise<RefundReport> {
    const known = this.refunds.get(key)
    if (known) return known
    const report: RefundReport = { status: 'succeeded', reference: `refund-${key}`, refundedAt: Date.now() }
    this.refunds.set(key, report)
    return report
  }

  refundReport = async (key: string): Promise<RefundReport> => this.refunds.get(key) ?? { status: 'unknown' }
  settlementFiles = async (): Promise<readonly string[]> => []
  settlementFile = (): Promise<string> => Promise.reject(new Error('this gateway has no files'))
  parseSettlement = (): never => {
    throw new Error('this gateway has no files')
  }
  translate = (): never => {
    throw new Error('this gateway has no webhooks')
  }

  #captured = (amount: Money): PaymentReport => ({ status: 'captured', amount, method: 'card', paidAt: Date.now() })
}
