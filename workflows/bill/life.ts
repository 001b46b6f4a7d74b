import {
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  setCurrentDetails,
  setDefaultSignalHandler,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import type { Bookkeeping, Shown, View } from '../../activities/books.ts'
import { BILL_FACTS, SWEPT } from '../../domain/signals.ts'
import { FORGOTTEN } from '../../domain/search-attributes.ts'
import type { Stage, Step } from '../../domain/step.ts'
import { searchAttributes } from '../search-attributes.ts'
import { books } from './books.ts'
import { describeView, FORGOTTEN_DETAILS, reading, SIGNAL_MEANINGS, taking, waitingFor } from './story.ts'

/**
 * What the stages of a bill share: the last reading, the signals that ask for another, and one timer. Signals carry no
 * state. Each only says that the books have something new, so duplicated, late, early or reordered ones are harmless.
 */
export class Life {
  readonly billId: string
  #view: View | undefined
  #published: Shown | undefined
  /** Names of the signals that came since the last reading. */
  #news: string[] = []
  #timer: { at: number; scope: CancellationScope; fired: boolean } | undefined

  /** `shown`: what the run was started with; runs of older builds do not know it, and change it at their first reading. */
  constructor(billId: string, shown?: Shown) {
    this.billId = billId
    this.#published = shown
    const wake = (kind: string): void => {
      this.#news.push(kind)
    }
    for (const kind of [...BILL_FACTS, SWEPT] as const)
      setHandler(defineSignal(kind), () => wake(kind), { description: SIGNAL_MEANINGS[kind] })
    setDefaultSignalHandler(wake)
  }

  /** The last reading; undefined before the first. */
  get view(): View | undefined {
    return this.#view
  }

  /** A signal came since the last reading. */
  get woken(): boolean {
    return this.#news.length > 0
  }

  /** The step that is due now, or null when the bill waits. */
  get due(): Step | null {
    const { step, at } = this.#view ?? { step: null, at: null }
    return step !== null && at !== null && at <= Date.now() ? step : null
  }

  /** Reads the bill and asks the plan. */
  async look(): Promise<Stage> {
    const news = this.#news.splice(0)
    return this.#publish(await books('look', { billId: this.billId, now: Date.now() }, reading(news)))
  }

  /** Takes a bookkeeping step, if it is still due, and reads the bill again in the same transaction. */
  async take(kind: Bookkeeping): Promise<Stage> {
    this.#news = []
    return this.#publish(await books('takeStep', { billId: this.billId, kind, now: Date.now() }, taking(kind)))
  }

  /**
   * Takes in a reading that an activity made right after its effect. One that is older than `before`, the last reading
   * when it began, or than a signal is thrown away: the bill is read anew.
   */
  adopt(view: View, before: View | undefined): Stage | Promise<Stage> {
    return this.woken || this.#view !== before ? this.look() : this.#publish(view)
  }

  /** Waits for the plan's next date or for a signal, whichever comes first; then the bill is to be read again. */
  rest(): Promise<void> {
    this.#setTimer(this.#view?.at ?? null)
    const timer = this.#timer
    return condition(() => this.woken || timer?.fired === true)
  }

  /**
   * Runs an effect in a cancellation scope. Each wake asks the plan again; an effect that is no longer due is cancelled,
   * and it is waited for either way, so the books know whether it took effect.
   */
  async during<T>(step: Step, effect: () => Promise<T>): Promise<T | 'cancelled'> {
    const scope = new CancellationScope()
    const effectIs = { over: false }
    const running = scope.run(effect)
    const end = (): void => {
      effectIs.over = true
    }
    void running.then(end, end)
    for (;;) {
      await condition(() => effectIs.over || this.woken)
      if (effectIs.over) break
      await this.look()
      if (this.#view?.step?.key === step.key) continue
      scope.cancel()
      break
    }
    try {
      return await running
    } catch (error) {
      if (!isCancellation(error)) throw error
      return 'cancelled'
    }
  }

  /** The run ends because the books do not know its bill; operators find it by its stage. */
  showForgotten(): void {
    upsertSearchAttributes([{ key: searchAttributes.stage, value: FORGOTTEN }])
    setCurrentDetails(FORGOTTEN_DETAILS)
  }

  /** One timer, kept across wakes while its date has not moved: it saves two events and a database task each time. */
  #setTimer(at: number | null): void {
    if (this.#timer !== undefined && this.#timer.at === at && !this.#timer.fired) return
    this.#timer?.scope.cancel()
    this.#timer = undefined
    if (at === null || this.#view === undefined) return
    const timer = { at, scope: new CancellationScope(), fired: false }
    this.#timer = timer
    const summary = waitingFor(this.#view)
    timer.scope
      .run(() => sleep(Math.max(1, at - Date.now()), { summary }))
      .then(
        () => {
          timer.fired = true
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error
        },
      )
  }

  #publish(view: View): Stage {
    this.#view = view
    const before = this.#published
    const changes = [
      ...(before?.stage === view.stage ? [] : [{ key: searchAttributes.stage, value: view.stage }]),
      ...(before?.status === view.status ? [] : [{ key: searchAttributes.status, value: view.status }]),
      ...(before?.paused === view.paused ? [] : [{ key: searchAttributes.paused, value: view.paused }]),
      ...(before?.dueAt === view.dueAt
        ? []
        : [{ key: searchAttributes.dueDate, value: view.dueAt === null ? null : new Date(view.dueAt) }]),
    ]
    if (changes.length > 0) upsertSearchAttributes(changes)
    this.#published = view
    setCurrentDetails(describeView(view, Date.now()))
    return view.stage
  }
}
