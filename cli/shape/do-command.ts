import { Command } from 'commander'
import { Goji } from '../../client/index.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'
import { untilStopped } from './watch.ts'

export interface DoCommand<T, F> {
  readonly name: string
  readonly description: string
  /** Words before the options; `<bill...>` takes several. */
  readonly arguments?: readonly (readonly [name: string, description: string])[]
  readonly options?: (command: Command) => Command
  readonly work: (goji: Goji, flags: Flags<F>, ...words: string[]) => Promise<T>
  readonly text: (answer: T) => string
  readonly examples: readonly string[]
}

/** A command that orders something and shows what came of it. */
export function doCommand<T, F = unknown>(order: DoCommand<T, F>): Command {
  const { name, arguments: words = [], options = (command: Command) => command } = order
  const command = withOutput(withEngine(options(new Command(name).description(order.description)))).addHelpText(
    'after',
    examples(...order.examples),
  )
  for (const [word, description] of words) command.argument(`<${word}>`, description)
  return command.action(async (...given: unknown[]) => {
    const flags = given[words.length] as Flags<F>
    await untilStopped(async (signal) => {
      const goji = new Goji({ ...needEngine(flags), signal })
      const answer = await order.work(goji, flags, ...(given.slice(0, words.length).flat() as string[]))
      if (flags.output === 'json') printJson(answer)
      else print(order.text(answer))
    })
  })
}
