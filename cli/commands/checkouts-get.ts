import { Command } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { money } from '../money.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { facts, print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'

export const checkoutsGetCommand = (): Command =>
  withOutput(withEngine(new Command('get')))
    .description('Show a checkout: one payment of one or many bills, and what became of each.')
    .argument('<id>', 'the checkout, such as chk_01hfz3k9q4m7v2x8c5t6w0r3en')
    .addHelpText('after', examples('goji checkouts get chk_01hfz3k9q4m7v2x8c5t6w0r3en'))
    .action(async (id: string, flags: Flags) => {
      const checkout = await new Goji(needEngine(flags)).get('/v1/checkouts/{id}', { path: { id } })
      if (flags.output === 'json') printJson(checkout)
      else print(checkoutText(checkout))
    })

const checkoutText = ({ id, state, url, amount, expiresAt, failureCode, bills }: Schemas['Checkout']): string =>
  facts([
    ['checkout', id],
    ['state', failureCode === null ? state : `${state} (${failureCode})`],
    ['amount', money(amount)],
    ['page', url ?? '-'],
    ['expires', expiresAt],
    ...bills.map((bill): [string, string] => [bill.id, `${money(bill.amount)}, ${bill.outcome ?? 'waiting'}`]),
  ])
