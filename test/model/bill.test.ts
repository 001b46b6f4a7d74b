import { afterAll, beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { reasonMissing } from '../support/counterpart.ts'
import { eventually } from '../support/eventually.ts'
import { describeIf } from '../support/skip.ts'
import { violations } from '../support/violations.ts'
import { BillModel } from './bill-model.ts'
import { commands, done } from './commands.ts'
import { RealBill } from './real-bill.ts'
import { type ModelStack, startModelStack } from './stack.ts'

/**
 * Whatever is ordered, paid, repeated, refunded and killed in whatever order, a bill is as a model of a page has it after
 * each step, and the books keep every invariant. A failure is shrunk and printed with its seed and path; run it again with
 * GOJI_MODEL_SEED, GOJI_MODEL_PATH and GOJI_MODEL_REPLAY, and more of them with GOJI_MODEL_RUNS.
 */
const env = (name: string): string | undefined => process.env[`GOJI_MODEL_${name}`]
const RUNS = Number(env('RUNS') ?? 8)
const LIMIT_MS = Math.max(RUNS * 60_000, 600_000)
const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))

describeIf(missing === null, missing ?? '')('a bill and its model', () => {
  let stack: ModelStack
  beforeAll(async () => {
    stack = await startModelStack()
  }, 180_000)
  afterAll(async () => {
    if (env('RUNS') !== undefined) console.log([...done].map(([step, times]) => `${String(times).padStart(5)}  ${step}`).join('\n'))
    await stack.stop()
  }, 60_000)

  async function live(up: boolean, steps: Iterable<fc.AsyncCommand<BillModel, RealBill>>): Promise<void> {
    if (up) await stack.startWorker()
    else await stack.killWorker()
    let last: { model: BillModel; real: RealBill } | undefined
    const setup = async () => {
      const [model, real] = [new BillModel(up), await RealBill.issue(stack)]
      await real.agrees(model)
      last = { model, real }
      return { model, real }
    }
    await fc.asyncModelRun(setup, steps)
    if (last === undefined) return
    // Whoever was away comes back, and everything that was accepted ends.
    await stack.startWorker()
    last.model.up = true
    await last.real.agrees(last.model)
    const journal = await stack.gateway.driver.journal()
    expect(new Set(journal.map(({ op, key }) => `${op} ${key}`)).size).toBe(journal.length)
    let found: string[] = []
    await eventually('nothing is under way', async () =>
      (found = await violations(stack.engine.databaseUrl, ['always', 'rest'])).length === 0 ? true : undefined,
    ).catch(() => undefined)
    expect(found).toEqual([])
  }

  it(
    `agree after every step of ${RUNS} lives`,
    async () => {
      const replay = env('REPLAY')
      const [seed, path] = [env('SEED'), env('PATH')]
      await fc.assert(
        fc.asyncProperty(
          // Now and then a bill is issued while nobody is there to live it.
          fc.integer({ min: 0, max: 4 }).map((dice) => dice > 0),
          fc.commands(commands, { maxCommands: 14, size: 'max', ...(replay === undefined ? {} : { replayPath: replay }) }),
          live,
        ),
        {
          numRuns: RUNS,
          ...(seed === undefined ? {} : { seed: Number(seed) }),
          ...(path === undefined ? {} : { path }),
          interruptAfterTimeLimit: LIMIT_MS - 60_000,
          markInterruptAsFailure: false,
          verbose: fc.VerbosityLevel.Verbose,
        },
      )
    },
    LIMIT_MS,
  )
})
