import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { Goji } from '../../client/index.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'

export const lettersResendCommand = (): Command =>
  withOutput(withEngine(new Command('resend')))
    .description('Send again what came back: to a new address, or to the same one where the letter was refused.')
    .argument('<delivery>', 'id of the returned delivery')
    .option('--address <address>', 'the new address, such as "Street 1|Flat 2|07995|KR"')
    .addHelpText('after', examples('goji letters resend dlv_01hfz3k9q4m7v2x8c5t6w0r3en --address "목동동로 105|07995|KR"'))
    .action(async (id: string, flags: Flags<{ readonly address?: string }>) => {
      const { address } = flags
      const delivery = await new Goji(needEngine(flags)).post('/v1/deliveries/{id}/resend', {
        path: { id },
        body: address === undefined ? {} : { address },
        occasion: randomUUID(),
      })
      if (flags.output === 'json') printJson(delivery)
      else print(`${delivery.key} of bill ${delivery.bill.number} is sent again.`)
    })
