import { Command } from 'commander'
import { Goji } from '../../client/index.ts'
import { examples, type Flags, whole, withEngine, withOutput, withWatch, type WatchFlags } from '../options.ts'
import type { Column } from '../output.ts'
import { needEngine } from '../settings.ts'
import { printRows, rowTeller } from './output-rows.ts'
import { note, untilStopped, watch } from './watch.ts'

type ListFlags<F> = Flags<F & WatchFlags & { readonly limit: number }>

export interface ListCommand<Row, F> {
  readonly name?: string
  readonly description: string
  /** A word before the options, such as whose events are read. */
  readonly argument?: readonly [name: string, description: string]
  /** Adds the filters. */
  readonly filters?: (command: Command) => Command
  /** How many rows where nothing is said. */
  readonly limit?: number
  readonly rows: (goji: Goji, flags: ListFlags<F>, argument: string) => AsyncIterable<Row> | Promise<AsyncIterable<Row>>
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  readonly examples: readonly string[]
}

const LIMIT = 20

/** A command that lists: pages are read as far as `--limit` asks, and `--watch` looks again. */
export function listCommand<Row, F = unknown>(list: ListCommand<Row, F>): Command {
  const { name = 'list', argument, filters = (command: Command) => command, columns, keyOf } = list
  const command = withWatch(withOutput(withEngine(filters(new Command(name).description(list.description)))))
    .option('--limit <rows>', 'how many at most', whole(1, 100_000), list.limit ?? LIMIT)
    .addHelpText('after', examples(...list.examples))
  if (argument) command.argument(`<${argument[0]}>`, argument[1])
  return command.action(async (...given: unknown[]) => {
    const flags = given[argument ? 1 : 0] as ListFlags<F>
    const output = { format: flags.output, columns, keyOf }
    await untilStopped(async (signal) => {
      const goji = new Goji({ ...needEngine(flags), signal })
      const read = async (): Promise<Row[]> => {
        const rows: Row[] = []
        for await (const row of await list.rows(goji, flags, argument ? (given[0] as string) : '')) rows.push(row)
        return rows
      }
      if (!flags.watch) return printRows(await read(), output)
      const isTerminal = process.stdout.isTTY
      await watch(read, rowTeller(output, isTerminal), { everyMs: flags.every * 1000, note, signal })
    })
  })
}
