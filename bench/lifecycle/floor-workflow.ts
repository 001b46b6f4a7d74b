import { condition, defineSignal, proxyActivities, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow'
import type { FloorActivities } from './floor.ts'

const local = proxyLocalActivities<FloorActivities>({ startToCloseTimeout: '10s' })
const ordinary = proxyActivities<FloorActivities>({ startToCloseTimeout: '60s', heartbeatTimeout: '10s' })

const paidSignal = defineSignal('paymentReceived')
const settledSignal = defineSignal('settlementMatched')

/**
 * The bare life: the same signals, timers and kinds of activities as a bill's, with nothing behind them. What the
 * engine costs beyond it is the price of keeping books.
 */
export async function floorBill({ billId }: { billId: string }): Promise<void> {
  let paid = false
  let settled = false
  setHandler(paidSignal, () => void (paid = true))
  setHandler(settledSignal, () => void (settled = true))
  await local.read({ billId })
  await ordinary.send({ billId })
  await local.read({ billId })
  await Promise.race([sleep('14 days'), condition(() => paid)])
  await local.read({ billId })
  await Promise.race([sleep('3 days'), condition(() => settled)])
  await local.close({ billId })
}
