import {
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow'
import type { PlainActivities } from './plain.ts'

const local = proxyLocalActivities<PlainActivities>({ startToCloseTimeout: '10s' })
const ordinary = proxyActivities<PlainActivities>({ startToCloseTimeout: '60s', heartbeatTimeout: '10s' })

const paidSignal = defineSignal('paymentReceived')
const settledSignal = defineSignal('settlementMatched')

/**
 * The bare life: the same signals, timers and kinds of activities as a bill's, in the same number. Over no books it is
 * the price of Temporal alone; over the engine's own SQL, what is left beside it is the price of the engine's workflow.
 */
export async function floorBill({ billId }: { billId: string }): Promise<void> {
  const news = listen()
  await local.issue({ billId })
  await ordinary.send({ billId })
  await Promise.race([sleep('14 days'), condition(() => news.paid)])
  await local.read({ billId })
  await Promise.race([sleep('3 days'), condition(() => news.settled)])
  await local.close({ billId })
}

/** When the policy's reminders come, in a life that falls due after 30 days. */
const REMINDERS = ['23 days', '29 days', '37 days'] as const

/**
 * The same life as one would write it after the samples: every activity an ordinary one, a timer for each reminder and
 * for the due date, which are cancelled when the money comes.
 */
export async function sampleBill({ billId }: { billId: string }): Promise<void> {
  const news = listen()
  await ordinary.issue({ billId })
  await ordinary.send({ billId })
  const clocks = clock(() =>
    Promise.all([
      ...REMINDERS.map((date) => sleep(date).then(() => ordinary.send({ billId }))),
      sleep('30 days').then(() => ordinary.read({ billId })),
    ]),
  )
  await condition(() => news.paid)
  clocks.cancel()
  await ordinary.read({ billId })
  const settlement = clock(() => sleep('3 days').then(() => ordinary.read({ billId })))
  await condition(() => news.settled)
  settlement.cancel()
  await ordinary.close({ billId })
}

/** Something that happens by itself unless its scope is cancelled. */
function clock(run: () => Promise<unknown>): CancellationScope {
  const scope = new CancellationScope()
  scope.run(run).catch((error: unknown) => {
    if (!isCancellation(error)) throw error
  })
  return scope
}

function listen(): { paid: boolean; settled: boolean } {
  const news = { paid: false, settled: false }
  setHandler(paidSignal, () => void (news.paid = true))
  setHandler(settledSignal, () => void (news.settled = true))
  return news
}
