import { type OwnProcess, startOwnProcess } from './own-process.ts'

/** A worker in a process of its own, so that a test can kill it. `environment` holds its settings. */
export const startWorkerProcess = (environment: Readonly<Record<string, string>>): Promise<OwnProcess> =>
  startOwnProcess('workers/main.ts', environment)

export type WorkerProcess = OwnProcess
