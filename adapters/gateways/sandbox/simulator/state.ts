import type { Entry, Method } from './entries.ts'

export type SessionStatus = 'OPEN' | 'AUTHORIZED' | 'CAPTURED' | 'DECLINED' | 'CANCELLED' | 'EXPIRED'

export interface Session {
  readonly key: string
  readonly reference: string
  /** The secret part of the payment page's address. */
  readonly token: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly title: string
  readonly language: 'ko' | 'en'
  readonly returnUrl: string
  readonly expiresAt: number
  status: SessionStatus
  /** How many attempts were declined, and why the last one was. */
  declines: number
  declineCode: string | undefined
  method: Method | undefined
  paidAt: number | undefined
  /** What somebody claims back of it, and under which reference. */
  claim: { readonly state: 'DISPUTED' | 'REVERSED' | 'RETURNED'; readonly reference: string; readonly at: number } | undefined
  /** What was given back or is being given back. */
  refundedMinor: bigint
}

export interface Refund {
  readonly key: string
  readonly reference: string
  readonly payment: Session
  readonly amountMinor: bigint
  readonly reason: string
  readonly account: string | undefined
  status: 'RUNNING' | 'DONE' | 'FAILED'
  dueAt: number | undefined
  doneAt: number | undefined
  failureCode: string | undefined
}

export interface SettlementFile {
  readonly name: string
  readonly currency: string
  readonly text: string
}

/** All that the gateway knows, in memory: the journal's entries applied in order. */
export class State {
  journalId = ''
  readonly sessions = new Map<string, Session>()
  readonly byToken = new Map<string, Session>()
  readonly byReference = new Map<string, Session>()
  /** Keys that were cancelled before any session was made under them. */
  readonly barred = new Set<string>()
  readonly refunds = new Map<string, Refund>()
  readonly running = new Set<Refund>()
  /** Captured payments and finished refunds, by their keys, that are in no settlement file yet. */
  readonly unsettledPayments = new Set<string>()
  readonly unsettledRefunds = new Set<string>()
  readonly settlements = new Map<string, SettlementFile>()

  apply(entry: Entry, at: number): void {
    switch (entry.op) {
      case 'opened':
        this.journalId = entry.journal
        return
      case 'session':
        return this.#addSession(entry)
      case 'authorize':
      case 'capture':
        return this.#take(this.#session(entry.key), entry)
      case 'decline':
        return this.#decline(this.#session(entry.key), entry)
      case 'cancel':
        this.#session(entry.key).status = 'CANCELLED'
        return
      case 'expire':
        this.#session(entry.key).status = 'EXPIRED'
        return
      case 'claim':
        return this.#claim(this.#session(entry.key), entry, at)
      case 'bar':
        this.barred.add(entry.key)
        return
      case 'refundRunning':
        this.running.add(this.#addRefund(entry, entry.dueAt))
        return
      case 'refund':
      case 'refundFailed':
        return this.#endRefund(this.refunds.get(entry.key) ?? this.#addRefund(entry, undefined), entry, at)
      case 'settlement':
        return this.#settle(entry)
      case 'webhook':
      case 'fault':
      case 'clock':
        return
    }
  }

  #session(key: string): Session {
    const session = this.sessions.get(key)
    if (session === undefined) throw new Error(`The journal names the session ${key} before it was made.`)
    return session
  }

  #addSession(entry: Entry & { op: 'session' }): void {
    const session: Session = {
      key: entry.key,
      reference: entry.reference,
      token: entry.token,
      amountMinor: BigInt(entry.amountMinor),
      currency: entry.currency,
      title: entry.title,
      language: entry.language,
      returnUrl: entry.returnUrl,
      expiresAt: entry.expiresAt,
      status: 'OPEN',
      declines: 0,
      declineCode: undefined,
      method: undefined,
      paidAt: undefined,
      claim: undefined,
      refundedMinor: 0n,
    }
    this.sessions.set(session.key, session)
    this.byToken.set(session.token, session)
    this.byReference.set(session.reference, session)
  }

  #take(session: Session, entry: Entry & { op: 'authorize' | 'capture' }): void {
    session.status = entry.op === 'capture' ? 'CAPTURED' : 'AUTHORIZED'
    session.method = entry.method
    session.paidAt = entry.paidAt
    if (entry.op === 'capture') this.unsettledPayments.add(session.key)
  }

  /** What is taken back is a movement like a refund, for all that is left of the payment. */
  #claim(session: Session, entry: Entry & { op: 'claim' }, at: number): void {
    const { state, reference } = entry
    session.claim = state === 'WON' ? undefined : { state, reference, at }
    if (state !== 'REVERSED' && state !== 'RETURNED') return
    const words = { key: `claim:${entry.key}`, reference, payment: entry.payment, paymentKey: entry.key, currency: entry.currency }
    const back = { op: 'refund', ...words, amountMinor: entry.amountMinor, reason: state } as const
    this.#endRefund(this.#addRefund(back, undefined), back, at)
  }

  #decline(session: Session, entry: Entry & { op: 'decline' }): void {
    session.declines += 1
    session.declineCode = entry.code
    if (entry.final) session.status = 'DECLINED'
  }

  #addRefund(entry: Entry & { op: 'refundRunning' | 'refund' | 'refundFailed' }, dueAt: number | undefined): Refund {
    const payment = this.#session(entry.paymentKey)
    const refund: Refund = {
      key: entry.key,
      reference: entry.reference,
      payment,
      amountMinor: BigInt(entry.amountMinor),
      reason: entry.reason,
      account: entry.account,
      status: 'RUNNING',
      dueAt,
      doneAt: undefined,
      failureCode: undefined,
    }
    payment.refundedMinor += refund.amountMinor
    this.refunds.set(refund.key, refund)
    return refund
  }

  #endRefund(refund: Refund, entry: Entry & { op: 'refund' | 'refundFailed' }, at: number): void {
    this.running.delete(refund)
    if (entry.op === 'refund') {
      refund.status = 'DONE'
      refund.doneAt = at
      this.unsettledRefunds.add(refund.key)
    } else {
      refund.status = 'FAILED'
      refund.failureCode = entry.code
      refund.payment.refundedMinor -= refund.amountMinor
    }
  }

  #settle(entry: Entry & { op: 'settlement' }): void {
    this.settlements.set(entry.name, { name: entry.name, currency: entry.currency, text: entry.text })
    for (const line of entry.lines) {
      if (line.kind === 'payment') this.unsettledPayments.delete(line.key)
      else this.unsettledRefunds.delete(line.key)
    }
  }
}
