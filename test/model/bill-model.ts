/** A refund that was accepted and that no worker has made yet. */
interface Asked {
  readonly minor: bigint
  readonly cancelCharge: boolean
}

/** What the API has to say of a bill once nothing is under way. Whether an open bill is proven to be served is the channel's affair. */
export interface Seen {
  readonly status: 'open' | 'paid' | 'cancelled'
  readonly paid: bigint
  readonly refunded: bigint
  readonly owed: bigint
  readonly paused: boolean
  readonly notices: number
  readonly reminders: number
}

/** Own days of the bill after which its reminders are due: 20 and 10 days before the due date, which is 30 days after the issue. */
const REMINDERS = [10, 20]

/** One bill, as somebody who knows the rules and nothing of the engine would keep it on paper. */
export class BillModel {
  readonly charged = 1_000n
  /** A worker runs, so what was accepted also happens. */
  up: boolean
  paid = 0n
  refunded = 0n
  dropped = 0n
  cancelled = false
  paused = false
  days = 0
  notices = 0
  reminders = 0
  payments = 0
  /** The gateway has told of its first capture at last. */
  toldLate = false
  /** What the gateway was told to take and nobody has recorded yet. */
  authorized = 0n
  asked: Asked[] = []

  constructor(up: boolean) {
    this.up = up
    this.settle()
  }

  get owed(): bigint {
    return this.charged - (this.paid - this.refunded) - this.dropped
  }

  get open(): boolean {
    return !this.cancelled && this.owed > 0n
  }

  get refundable(): bigint {
    return this.paid - this.refunded - this.asked.reduce((sum, { minor }) => sum + minor, 0n)
  }

  /** Everything that was accepted happens, if somebody is there to do it. */
  settle(): void {
    if (!this.up) return
    // What a cancelled bill does not take goes back and was never its own.
    if (!this.cancelled) this.paid += this.authorized
    this.authorized = 0n
    for (const { minor, cancelCharge } of this.asked.splice(0)) {
      this.refunded += minor
      if (cancelCharge || this.cancelled) this.dropped += minor
    }
    if (!this.open || this.paused) return
    this.notices = 1
    this.reminders = Math.max(this.reminders, REMINDERS.filter((day) => day <= this.days).length)
  }

  cancel(): void {
    this.dropped += this.owed
    this.cancelled = true
  }

  view(): Seen {
    const { paid, refunded, owed, cancelled, notices, reminders } = this
    const status = cancelled ? 'cancelled' : owed > 0n ? 'open' : 'paid'
    // What is cancelled has no clocks left to stand still.
    return { status, paid, refunded, owed, paused: this.paused && !cancelled, notices, reminders }
  }
}
