import { Command } from 'commander'
import { type Totals, totalsView } from '../../formats/totals.ts'
import { examples, type OutputFlags, withOutput } from '../options.ts'
import { facts, print, printJson } from '../output.ts'
import { byteProgress } from '../statements/byte-progress.ts'
import { inspect } from '../statements/inspect.ts'
import { counted, openFile } from '../files/open-file.ts'

export const statementsInspectCommand = (): Command =>
  withOutput(new Command('inspect'))
    .description(
      "Read a bank's camt.053 or camt.054 file, or a gateway's settlement file, and show what it comes to. Nothing is sent or booked.",
    )
    .argument('<file>', 'the file as the bank or the gateway made it; - for standard input')
    .option('--json', 'the same as --output json')
    .option('--gateway <name>', 'the gateway whose file it is; found out where nothing is said')
    .addHelpText('after', examples('goji statements inspect statement.xml', 'goji statements inspect - --json < statement.xml'))
    .action(async (path: string, flags: OutputFlags & { readonly json?: true; readonly gateway?: string }) => {
      const file = await openFile(path)
      const progress = byteProgress(file.size, 'reading')
      const totals = await inspect(counted(file.chunks, progress.update), flags.gateway).finally(progress.stop)
      if (flags.json === true || flags.output === 'json') printJson(totalsView(totals))
      else print(totalsText(file.name, totals))
    })

function totalsText(name: string, totals: Totals): string {
  const { statements, entries, by_currency: sums } = totalsView(totals)
  return facts([
    ['file', name],
    ['statements', String(statements)],
    ['entries', totals.notBooked === 0 ? String(entries) : `${entries}, of which ${totals.notBooked} are not booked yet`],
    ...Object.entries(sums).map(([currency, { credit, debit }]): [string, string] => [currency, `${credit} in, ${debit} out`]),
    ...(totals.differing === 0
      ? []
      : [['note', `${totals.differing} entries are not the sum of their transactions; each will be placed as one`] as const]),
  ])
}
