import { randomUUID } from 'node:crypto'
import { addressOf } from './counterpart.ts'

export interface TestTemporal {
  /** Host and port of the run's one server. */
  readonly address: string
  readonly namespace: string
  /** The test file's own, so that its workers get nobody else's tasks. */
  readonly taskQueue: string
}

/** @throws Error when Temporal cannot be had here; `reasonMissing('temporal')` says so beforehand. */
export async function withTemporal(): Promise<TestTemporal> {
  return {
    address: await addressOf('temporal'),
    namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
    taskQueue: `test-${randomUUID()}`,
  }
}
