import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client'
import { BATCH_ORDERED, CHECKOUT_REPORTED, type FactSignal, SWEPT, WEBHOOK_WOKEN } from '../domain/signals.ts'
import { readBillStart } from '../store/bills/bill-start.ts'
import { batchInstitution } from '../store/batches/batch-row.ts'
import type { Sql } from '../store/connection.ts'
import { unappliedOf } from '../store/facts/unapplied-of.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import type { CancelledCheckout, OpenedCheckout } from '../workflows/messages.ts'
import { systemClock } from './clock.ts'
import type { Finding } from './diagnosis/finding.ts'
import { diagnoseTemporal } from './diagnosis/temporal.ts'
import { Runs } from './restore/runs.ts'
import { batchStartOptions, billStartOptions, billWorkflowId, checkoutStartOptions, checkoutWorkflowId } from './start-options.ts'

/** How long a caller waits for Temporal: what is committed stays committed, and the sweep relays what did not get through. */
const PATIENCE_MS = 3_000
/** A citizen waits for the payment page a little longer than a gateway usually takes. */
const CHECKOUT_PATIENCE_MS = 10_000
/** Signals under way at the same time from one process. */
const WAKES_AT_ONCE = 20

/** What the rest of Goji asks of Temporal: wake bills, open and end checkouts, post statements. */
export class Engine {
  readonly #client: Client
  readonly #sql: Sql
  readonly #taskQueue: string
  readonly #besideWorker: boolean

  /** `besideWorker`: the client's connection is that of a worker in this process, where a bill's run can begin at once. */
  constructor(client: Client, sql: Sql, taskQueue: string, { besideWorker }: { besideWorker: boolean }) {
    this.#client = client
    this.#sql = sql
    this.#taskQueue = taskQueue
    this.#besideWorker = besideWorker
  }

  /**
   * Tells bills' runs of recorded facts, starting those that are not there. Call it after the commit.
   * @throws Error when Temporal cannot be reached; the facts stay unapplied and the sweep relays them.
   */
  async wake(wakes: readonly Wake[]): Promise<void> {
    // A run that was awake anyway may have read the fact already; telling it again would only cost it a turn.
    const mayBeRead = ({ kind }: Wake): boolean => kind !== SWEPT && kind !== 'billCreated'
    const ids = [...new Set(wakes.filter(mayBeRead).map(({ billId }) => billId))]
    const unread = new Set(ids.length === 0 ? [] : (await unappliedOf(this.#sql, ids)).map(({ factId }) => factId))
    const due = wakes.filter((wake) => !mayBeRead(wake) || unread.has(wake.factId))
    for (let start = 0; start < due.length; start += WAKES_AT_ONCE) {
      await Promise.all(due.slice(start, start + WAKES_AT_ONCE).map((wake) => this.#wakeOne(wake)))
    }
  }

  /** Wakes bills whose run may be lost, without a fact: their run reads the books and goes on from there. */
  async sweep(billIds: readonly string[]): Promise<void> {
    await this.wake(billIds.map((billId) => ({ billId, kind: SWEPT, factId: '', line: 'the time to look again had passed' })))
  }

  async #wakeOne(wake: Wake): Promise<void> {
    const { billId, kind, factId, line } = wake
    await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, async () => {
      if (kind === 'billCreated' || !(await this.#signal(billWorkflowId(billId), kind, { factId, line }))) await this.#start(wake)
    })
  }

  /** Signals the run that is there; answers false where there is none. */
  async #signal(workflowId: string, signal: string, ...args: readonly FactSignal[]): Promise<boolean> {
    try {
      await this.#client.workflow.getHandle(workflowId).signal(signal, ...args)
      return true
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false
      throw error
    }
  }

  /** Starts a run from the books, which are read again: one that has just ended may have read the fact before. */
  async #start({ billId, kind, factId, line }: Wake): Promise<void> {
    const bill = await readBillStart(this.#sql, billId, systemClock.now())
    if (kind !== SWEPT && !bill.unapplied.includes(factId)) return
    if (kind === 'billCreated') {
      // The server hands the first task to this process's worker, if it has room, instead of queueing it.
      const requestEagerStart = this.#besideWorker
      await this.#client.workflow.start('bill', { ...billStartOptions(bill, this.#taskQueue), requestEagerStart })
      return
    }
    await this.#client.workflow.signalWithStart('bill', {
      ...billStartOptions(bill, this.#taskQueue, bill.status === 'received' ? undefined : line),
      signal: kind,
      signalArgs: [{ factId, line } satisfies FactSignal],
    })
  }

  /** Starts the checkout's run and waits for the payment page; `url` is null when the gateway takes longer than that. */
  async openCheckout(checkoutId: string): Promise<OpenedCheckout> {
    const startWorkflowOperation = new WithStartWorkflowOperation('checkout', {
      ...checkoutStartOptions(checkoutId, this.#taskQueue),
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
    return this.#client.withDeadline(
      systemClock.now() + CHECKOUT_PATIENCE_MS,
      () => this.#client.workflow.executeUpdateWithStart('open', { startWorkflowOperation, updateId: 'open' }) as Promise<OpenedCheckout>,
    )
  }

  /** Ends a checkout once the gateway has confirmed that nothing can be paid on it any more; `paid`: it was too late. */
  async cancelCheckout(checkoutId: string): Promise<CancelledCheckout> {
    return this.#client.withDeadline(
      systemClock.now() + CHECKOUT_PATIENCE_MS,
      () =>
        this.#client.workflow
          .getHandle(checkoutWorkflowId(checkoutId))
          .executeUpdate('cancel', { updateId: 'cancel' }) as Promise<CancelledCheckout>,
    )
  }

  /** The gateway, or the citizen who came back from its page, says that something happened: the run asks what. */
  async reportCheckout(checkoutId: string): Promise<void> {
    await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, () =>
      this.#client.workflow.signalWithStart('checkout', {
        ...checkoutStartOptions(checkoutId, this.#taskQueue),
        signal: CHECKOUT_REPORTED,
        signalArgs: [],
      }),
    )
  }

  /** Starts booking a statement. Starting it again does no harm: what is booked stays booked once. */
  async postStatement(statementId: string): Promise<void> {
    await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, () =>
      this.#client.workflow.start('statement', {
        workflowId: `statement:${statementId}`,
        taskQueue: this.#taskQueue,
        args: [{ statementId }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        // Bills' own priority, with a share of its own: a lower one would wait for as long as bills keep coming.
        priority: { priorityKey: 3, fairnessKey: 'statements' },
        staticSummary: 'Book a settlement file of a gateway',
        staticDetails: `The books of this statement: \`goji statements get ${statementId}\`.`,
      }),
    )
  }

  /** Has the run of an institution's endpoint look now, starting it where there is none. */
  async wakeWebhook(endpointId: string): Promise<void> {
    await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, () =>
      this.#client.workflow.signalWithStart('webhook', {
        workflowId: `webhook:${endpointId}`,
        taskQueue: this.#taskQueue,
        args: [{ endpointId }],
        signal: WEBHOOK_WOKEN,
        signalArgs: [],
        // After payments, bills and statements; each endpoint has a share of its own.
        priority: { priorityKey: 4, fairnessKey: endpointId },
        staticSummary: "Deliver an institution's events to one of its endpoints",
        staticDetails: `How that goes: \`goji webhooks get ${endpointId}\`.`,
      }),
    )
  }

  /** Has a run that the books know nothing of look once more; it ends by itself. Where there is none, nothing is started. */
  async nudge(workflowId: string): Promise<void> {
    await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, () =>
      workflowId.startsWith('checkout:')
        ? this.#signal(workflowId, CHECKOUT_REPORTED)
        : this.#signal(workflowId, SWEPT, { factId: '', line: 'the books do not know this bill' }),
    )
  }

  /** The runs that go on, for comparing them with the books. */
  get runs(): Runs {
    return new Runs(this.#client, this.#taskQueue)
  }

  /** What Temporal says of itself, for an operator. */
  diagnose(address: string, now: () => number): Promise<Finding[]> {
    return diagnoseTemporal({ client: this.#client, taskQueue: this.#taskQueue, address, now })
  }

  /** Has a batch's run see what was ordered, starting the run where there is none. Doing it again does no harm. */
  async runBatch(batchId: string): Promise<void> {
    const institutionId = await batchInstitution(this.#sql, batchId)
    await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, () =>
      this.#client.workflow.signalWithStart('issueBatch', {
        ...batchStartOptions(batchId, institutionId, this.#taskQueue),
        signal: BATCH_ORDERED,
        signalArgs: [],
      }),
    )
  }

  /** True when Temporal answers. */
  async isReachable(): Promise<boolean> {
    try {
      await this.#client.withDeadline(systemClock.now() + PATIENCE_MS, () => this.#client.workflowService.getSystemInfo({}))
      return true
    } catch {
      return false
    }
  }

  /** Link to a bill's run in Temporal's UI, where one is configured. */
  static runUrl(uiUrl: string, namespace: string, billId: string): string {
    return `${uiUrl}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(billWorkflowId(billId))}`
  }
}
