import { Command } from 'commander'
import { loadDrivers } from '../../composition/simulators.ts'
import { invalid } from '../../domain/errors.ts'
import type { Demo } from '../demo/demo.ts'
import { DEMOS } from '../demo/demos.ts'
import { Narrator } from '../demo/narrator.ts'
import { DemoWorld } from '../demo/world.ts'
import type { Engine } from '../engine.ts'
import { announceEngine, localStack } from '../local-stack.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { facts, print, printJson } from '../output.ts'
import { DEMO_FOLDER, findEngine } from '../settings.ts'
import { createProgress } from '../stack/progress.ts'
import { runStack } from '../stack/run.ts'
import { onStopSignals } from '../stack/stop-signals.ts'

interface DemoFlags {
  readonly stay?: boolean
}

export const demoCommand = (): Command =>
  withOutput(withEngine(new Command('demo')))
    .description(
      'Tell one of the golden scenarios on a real engine with simulated providers, and check what it promises.\n' +
        'It is told on the engine that "npm start" runs here; without one, on a stack of its own.',
    )
    .argument('[number]', 'which one; without it they are listed')
    .option('--stay', 'on a stack of its own: keep it running afterwards, to look around')
    .addHelpText('after', `\n${listText()}\n${examples('goji demo', 'goji demo 2', 'goji demo 6 --stay')}`)
    .action(async (number: string | undefined, flags: Flags<DemoFlags>) => {
      if (number === undefined) return list(flags)
      const demo = DEMOS.find((one) => String(one.number) === number)
      if (demo === undefined) throw invalid('demo_unknown', `There is no demonstration "${number}". There are ${numbers()}.`)
      const engine = demo.needsOwnStack ? null : findEngine(flags)
      if (engine === null) process.exitCode = await onOwnStack(demo, flags)
      else await onRunning(demo, engine, flags)
    })

const numbers = (): string => DEMOS.map(({ number }) => number).join(', ')
const listText = (): string => facts(DEMOS.map(({ number, title, story }) => [`${number}  ${title}`, story] as const))

function list({ output }: Flags): void {
  if (output === 'json') printJson(DEMOS.map(({ number, title, story }) => ({ number, title, story })))
  else print(listText())
}

async function onRunning(demo: Demo, engine: Engine, flags: Flags): Promise<void> {
  const stop = onStopSignals((line) => console.error(line))
  try {
    await tell(demo, flags, { engine, signal: stop.signal })
  } catch (error) {
    if (!stop.signal.aborted) throw error
    process.exitCode = stop.exitCode()
  } finally {
    stop.release()
  }
}

const onOwnStack = (demo: Demo, flags: Flags<DemoFlags>): Promise<number> =>
  runStack(localStack(DEMO_FOLDER, true, createProgress(process.stderr), demo.simulators ?? []), async (stack, signal) => {
    const engine = await announceEngine(stack, DEMO_FOLDER)
    await tell(demo, flags, { engine, signal, crashWorker: () => stack.crash('worker') })
    if (!flags.stay) return 'stop'
    print(`\n${facts(Object.entries(stack.addresses))}\n\nCtrl-C stops everything.`)
    return 'stay'
  })

async function tell(
  demo: Demo,
  { output }: Flags,
  on: { engine: Engine; signal: AbortSignal; crashWorker?: () => Promise<void> },
): Promise<void> {
  const narrator = new Narrator((line) => (output === 'json' ? console.error(line) : print(line)))
  narrator.title(demo)
  const world = new DemoWorld(on.engine, { ...on, drivers: await loadDrivers(on.engine.simulators), tell: narrator })
  const links = await demo.tell(world)
  if (output === 'json') printJson({ demo: demo.number, title: demo.title, promises: narrator.promises, links: Object.fromEntries(links) })
  else print(`\n${facts(links)}`)
  narrator.assertKept()
}
