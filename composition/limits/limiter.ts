import type { Sql } from '../../store/connection.ts'
import { forgetWindows } from '../../store/limits/forget-windows.ts'
import { takePoints } from '../../store/limits/take-points.ts'

/** So many points in each window, for all processes together; 0 means as many as anybody likes. */
export interface Limit {
  readonly points: number
  readonly windowMs: number
}

/** What this process has taken out of a window and not yet spent. */
interface Lease {
  readonly endsAt: number
  left: number
  /** The window has nothing left for anybody: nobody is asked again before it ends. */
  spent: boolean
  asking: Promise<void> | null
}

/** Points are taken from the database by the hundredth part of a limit, so that few requests wait for it. */
const SHARES = 100
/** Counting is worth so much waiting and no more. */
const PATIENCE_MS = 1_000
/** After the database did not answer, nobody is counted for so long: a limit never stops what works without it. */
const PAUSE_MS = 5_000
/** Windows long past are removed so often, and those that a clock far behind may still count in are kept. */
const FORGET_EVERY_MS = 10 * 60_000
const KEPT_MS = 2 * 3_600_000
const LEASES_MAX = 20_000

/**
 * Counts in fixed windows what processes spend together. Each process takes points in small lots and spends them by
 * itself; a limit below a hundred is counted exactly, a higher one lets each process keep a hundredth part of it unused.
 */
export class Limiter {
  readonly #sql: Sql
  readonly #warn: (error: unknown) => void
  readonly #leases = new Map<string, Lease>()
  #pausedUntil = 0
  #forgetAt = 0

  constructor(sql: Sql, warn: (error: unknown) => void) {
    this.#sql = sql
    this.#warn = warn
  }

  /** Spends points. Answers 0, or the milliseconds until the window ends where there were not enough. It never throws. */
  async spend(bucket: string, limit: Limit, points: number, now: number): Promise<number> {
    if (limit.points === 0) return 0
    const endsAt = (Math.floor(now / limit.windowMs) + 1) * limit.windowMs
    const lease = this.#lease(bucket, endsAt, now)
    while (lease.left < points && !lease.spent && now >= this.#pausedUntil) {
      lease.asking ??= this.#ask(bucket, lease, { limit, points }, now)
      await lease.asking
    }
    if (now < this.#pausedUntil) return 0
    const enough = lease.left >= points
    // Whoever asks for more than is left gets nothing and leaves nothing: what it costs to guess is owed in full.
    lease.left = enough ? lease.left - points : 0
    return enough ? 0 : endsAt - now
  }

  #lease(bucket: string, endsAt: number, now: number): Lease {
    const known = this.#leases.get(bucket)
    if (known?.endsAt === endsAt) return known
    if (this.#leases.size >= LEASES_MAX) this.#makeRoom(now)
    const lease: Lease = { endsAt, left: 0, spent: false, asking: null }
    this.#leases.set(bucket, lease)
    return lease
  }

  /** What is forgotten here is counted in the database all the same. */
  #makeRoom(now: number): void {
    for (const [bucket, { endsAt }] of this.#leases) if (endsAt <= now) this.#leases.delete(bucket)
    if (this.#leases.size >= LEASES_MAX) this.#leases.clear()
  }

  async #ask(bucket: string, lease: Lease, { limit, points: least }: { limit: Limit; points: number }, now: number): Promise<void> {
    const points = Math.max(Math.floor(limit.points / SHARES), least - lease.left)
    try {
      const granted = await this.#inTime(takePoints(this.#sql, { bucket, endsAt: lease.endsAt, points, limit: limit.points }))
      lease.left += granted
      lease.spent = granted < points
      await this.#forget(now)
    } catch (error) {
      if (now >= this.#pausedUntil) this.#warn(error)
      this.#pausedUntil = now + PAUSE_MS
    } finally {
      lease.asking = null
    }
  }

  async #forget(now: number): Promise<void> {
    if (now < this.#forgetAt) return
    this.#forgetAt = now + FORGET_EVERY_MS
    await this.#inTime(forgetWindows(this.#sql, now - KEPT_MS))
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('counting took too long')), PATIENCE_MS)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
      work.catch(() => undefined)
    }
  }
}
