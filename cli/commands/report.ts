import { Command } from 'commander'
import { Goji } from '../../client/index.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { reportText } from '../run/report.ts'
import { needEngine } from '../settings.ts'
import { institutionId } from '../shape/institution.ts'

export const reportCommand = (): Command =>
  withOutput(withEngine(new Command('report')))
    .description('Sum up bills, payments and settlements by institution, about the bills received in a period.')
    .option('--institution <institution>', 'only one: its id, short name or name')
    .option('--from <date>', "first day, such as 2026-11-01, by each institution's own calendar")
    .option('--to <date>', 'last day, included')
    .addHelpText('after', examples('goji report', 'goji report --from 2026-11-01 --to 2026-11-30 -o json'))
    .action(async (flags: Flags<Readonly<Partial<Record<'institution' | 'from' | 'to', string>>>>) => {
      const { institution, from, to } = flags
      const goji = new Goji(needEngine(flags))
      const id = institution === undefined ? undefined : await institutionId(goji, institution)
      const report = await goji.get('/v1/reports', { query: { institution: id, from, to } })
      if (flags.output === 'json') printJson(report)
      else print(reportText(report))
    })
