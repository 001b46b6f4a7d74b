import { Command } from 'commander'
import { Goji } from '../../client/index.ts'
import { examples, type Flags, withEngine, withOutput, withWatch, type WatchFlags } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'
import { note, redraw, untilStopped, watch } from './watch.ts'

export interface GetCommand<T, F> {
  readonly name?: string
  readonly description: string
  readonly argument: readonly [name: string, description: string]
  readonly options?: (command: Command) => Command
  readonly read: (goji: Goji, argument: string, flags: Flags<F>) => Promise<T>
  /** What people read. */
  readonly text: (thing: T) => string
  readonly examples: readonly string[]
}

/** A command that shows one thing, and with `--watch` shows it again whenever it has changed. */
export function getCommand<T, F = unknown>(get: GetCommand<T, F>): Command {
  const { name = 'get', argument, options = (command: Command) => command, text } = get
  return withWatch(withOutput(withEngine(options(new Command(name).description(get.description)))))
    .argument(`<${argument[0]}>`, argument[1])
    .addHelpText('after', examples(...get.examples))
    .action(async (given: string, flags: Flags<F & WatchFlags>) => {
      await untilStopped(async (signal) => {
        const goji = new Goji({ ...needEngine(flags), signal })
        const read = (): Promise<T> => get.read(goji, given, flags)
        const show = (thing: T): void => (flags.output === 'json' ? printJson(thing) : print(text(thing)))
        if (!flags.watch) return show(await read())
        await watch(read, teller(text, show, flags.output === 'table' && process.stdout.isTTY), {
          everyMs: flags.every * 1000,
          note,
          signal,
        })
      })
    })
}

function teller<T>(text: (thing: T) => string, show: (thing: T) => void, isTerminal: boolean): (thing: T) => void {
  let known: string | undefined
  return (thing) => {
    const now = JSON.stringify(thing)
    if (isTerminal) process.stdout.write(redraw(text(thing), new Date().toISOString()))
    else if (now !== known) show(thing)
    known = now
  }
}
