import { Command } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { readWords } from '../files/open-file.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'

/** The channel of letters, unless another one with files of receipts is named. */
const CHANNEL = { channel: 'paper' }

export const lettersStatusCommand = (): Command =>
  withOutput(withEngine(new Command('status')))
    .description(
      "Hand in a print house's status file: what was printed, posted, delivered or returned. The same file again changes nothing.",
    )
    .argument('<file>', 'CSV with the header key,status,reason,date; - for standard input')
    .option('--channel <name>', 'the channel whose letters these are', CHANNEL.channel)
    .addHelpText('after', examples('goji letters status status-2026-11-24.csv'))
    .action(async (file: string, flags: Flags<{ readonly channel: string }>) => {
      const content = await readWords(file)
      const report = await new Goji(needEngine(flags)).post('/v1/delivery-reports', { body: { channel: flags.channel, content } })
      if (flags.output === 'json') printJson(report)
      else print(reportText(report))
    })

const reportText = ({ lines, recorded, known, ignored }: Schemas['DeliveryReport']): string =>
  [
    `${recorded} of ${lines} lines recorded, ${known} known before.`,
    ...(ignored.length === 0 ? [] : [`${ignored.length} are about no letter of this engine: ${ignored.slice(0, 20).join(', ')}`]),
  ].join('\n')
