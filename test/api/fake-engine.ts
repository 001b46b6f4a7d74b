import { ServiceError } from '@temporalio/client'
import type { Finding } from '../../composition/diagnosis/finding.ts'
import { FakeEngine } from '../web/fake-engine.ts'

/** Also does what only the API asks of the engine. */
export class FakeApiEngine extends FakeEngine {
  readonly posted: string[] = []

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
