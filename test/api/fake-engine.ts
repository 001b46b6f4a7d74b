import { ServiceError } from '@temporalio/client'
import type { Finding } from '../../composition/diagnosis/finding.ts'
import type { OpenRun, RunsPage } from '../../composition/restore/runs.ts'
import { FakeEngine } from '../web/fake-engine.ts'

/** Also does what only the API asks of the engine. */
export class FakeApiEngine extends FakeEngine {
  readonly posted: string[] = []
  readonly swept: string[] = []
  readonly nudged: string[] = []
  /** What Temporal says that goes on, and which subjects it has no run for; by itself it has one for everything. */
  goesOn: readonly OpenRun[] = []
  readonly lost = new Set<string>()

  readonly runs = {
    page: async (): Promise<RunsPage> => {
      if (this.down) throw new ServiceError('the engine is down')
      return { runs: this.goesOn, next: '' }
    },
    without: async (subjects: readonly string[]): Promise<string[]> => subjects.filter((subject) => this.lost.has(subject)),
  }

  async sweep(billIds: readonly string[]): Promise<void> {
    if (this.down) throw new ServiceError('the engine is down')
    this.swept.push(...billIds)
  }

  async nudge(subject: string): Promise<void> {
    this.nudged.push(subject)
  }

  async postStatement(statementId: string): Promise<void> {
    if (this.down) throw new ServiceError('the engine is down')
    this.posted.push(statementId)
  }

  async diagnose(address: string): Promise<Finding[]> {
    return [
      this.down
        ? { check: 'temporal', health: 'wrong', found: `Temporal does not answer at ${address}.`, remedy: 'Start it.' }
        : { check: 'temporal', health: 'ok', found: 'Temporal answers.', remedy: null },
    ]
  }

  async isReachable(): Promise<boolean> {
    return !this.down
  }
}
