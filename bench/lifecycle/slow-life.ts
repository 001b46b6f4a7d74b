import { setTimeout as delay } from 'node:timers/promises'
import { Client } from '@temporalio/client'
import type { NativeConnection } from '@temporalio/worker'
import type { Contestant } from './contestant.ts'

/** What a bill costs in Temporal's history. */
export interface Cost {
  readonly events: number
  readonly transitions: number
}

/** One life whose news come one by one, each taken in before the next: what a bill really costs in events. */
export async function slowLife(contestant: Contestant, connection: NativeConnection, index: number): Promise<Cost> {
  const client = new Client({ connection })
  const settledDown = async (): Promise<number> => {
    let length = 0
    for (;;) {
      await delay(500)
      const { historyLength } = await client.workflow.getHandle(contestant.workflowId(index)).describe()
      if (historyLength === length) return length
      length = historyLength
    }
  }
  await contestant.issue(index)
  await settledDown()
  await contestant.pay(index)
  await settledDown()
  await contestant.settle(index)
  const events = await settledDown()
  const { raw } = await client.workflow.getHandle(contestant.workflowId(index)).describe()
  return { events, transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0) }
}
