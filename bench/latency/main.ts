import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { latencyOf, Payers } from '../payers.ts'
import { inTown, say, type Town } from '../town.ts'

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '400' },
    window: { type: 'string', default: '16' },
    load: { type: 'string', default: '0.7' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run bench:latency -- [--lives 400] [--window 16] [--load 0.7] [--json]\nHow long a payment takes from the gateway until the page shows it: alone, and while as many bills live as this share of what the stack can do at most.',
  )
  process.exit(0)
}
const lives = Number(values.lives)
const share = Number(values.load)

/** From the bill's creation through the API until its payment is seen. Resolves to the milliseconds of the payment alone. */
async function live(payers: Payers): Promise<number> {
  const [bill = ''] = await payers.prepare(1)
  return payers.pay(bill)
}

async function measure({ goji, driver }: Town): Promise<object> {
  const payers = new Payers(goji, driver)
  say('Warming up')
  for (let index = 0; index < 20; index += 1) await live(payers)
  say('Alone')
  const alone: number[] = []
  for (let index = 0; index < Math.min(100, lives); index += 1) alone.push(await live(payers))
  say('As many as it can')
  const start = performance.now()
  let next = 0
  const lane = async (): Promise<void> => {
    while (next++ < lives) await live(payers)
  }
  await Promise.all(Array.from({ length: Number(values.window) }, lane))
  const most = lives / ((performance.now() - start) / 1000)
  say(`At ${share} of ${most.toFixed(1)} lives per second`)
  // Each begins at its own time whatever became of the others, as citizens do.
  const running: Promise<number>[] = []
  const began = performance.now()
  for (let index = 0; index < lives; index += 1) {
    await delay(Math.max(0, began + (index / (share * most)) * 1000 - performance.now()))
    running.push(live(payers))
  }
  const loaded = await Promise.all(running)
  const atLoad = lives / ((performance.now() - began) / 1000)
  return {
    lives_per_second_at_most: Math.round(most * 10) / 10,
    lives_per_second_at_load: Math.round(atLoad * 10) / 10,
    load: share,
    alone: latencyOf(alone),
    at_load: latencyOf(loaded),
  }
}

const result = await inTown(1, measure)
console.log(values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2))
