import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { BillStatus } from '../../domain/states/bill.ts'

/** Run ids that are asked for in one question. */
const IDS_AT_ONCE = 100

/** A run that goes on, and what it last knew of its bill. */
export interface OpenRun {
  /** `bill:<id>` or `checkout:<id>`. */
  readonly subject: string
  readonly startedAt: number
  readonly stage: string | undefined
  readonly status: BillStatus | undefined
  readonly paused: boolean | undefined
}

export interface RunsPage {
  readonly runs: readonly OpenRun[]
  /** Leads to the next page; empty on the last. */
  readonly next: string
}

/** The runs of one deployment in Temporal, by what its visibility says: a second or so behind. */
export class Runs {
  readonly #client: Client
  readonly #open: string

  constructor(client: Client, taskQueue: string) {
    this.#client = client
    const queue = taskQueue.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
    this.#open = `TaskQueue = '${queue}' AND ExecutionStatus = 'Running' AND WorkflowType IN ('bill', 'checkout')`
  }

  async page(token: string, pageSize: number): Promise<RunsPage> {
    const { executions, nextPageToken } = await this.#client.workflowService.listWorkflowExecutions({
      namespace: this.#client.options.namespace,
      query: this.#open,
      pageSize,
      nextPageToken: Buffer.from(token, 'base64url'),
    })
    const runs = executions.map(({ execution, startTime, searchAttributes }) => {
      const fields = searchAttributes?.indexedFields ?? {}
      const read = (name: string): unknown => {
        const data = fields[name]?.data
        return data ? (JSON.parse(Buffer.from(data).toString()) as unknown) : undefined
      }
      return {
        subject: execution?.workflowId ?? '',
        startedAt: Number(startTime?.seconds ?? 0) * 1000,
        stage: read('BillStage') as string | undefined,
        status: read('BillStatus') as BillStatus | undefined,
        paused: read('Paused') as boolean | undefined,
      }
    })
    return { runs, next: Buffer.from(nextPageToken).toString('base64url') }
  }

  /** Those of these subjects that no run goes on for. Each one that visibility does not know is asked for by itself. */
  async without(subjects: readonly string[]): Promise<string[]> {
    const missing: string[] = []
    for (let start = 0; start < subjects.length; start += IDS_AT_ONCE) {
      const some = subjects.slice(start, start + IDS_AT_ONCE)
      const ids = some.map((subject) => `'${subject}'`).join(', ')
      const { executions } = await this.#client.workflowService.listWorkflowExecutions({
        namespace: this.#client.options.namespace,
        query: `${this.#open} AND WorkflowId IN (${ids})`,
        pageSize: IDS_AT_ONCE,
      })
      const open = new Set(executions.map(({ execution }) => execution?.workflowId))
      for (const subject of some) if (!open.has(subject) && !(await this.#goesOn(subject))) missing.push(subject)
    }
    return missing
  }

  async #goesOn(subject: string): Promise<boolean> {
    try {
      return (await this.#client.workflow.getHandle(subject).describe()).status.name === 'RUNNING'
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false
      throw error
    }
  }
}
