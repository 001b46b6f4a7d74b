import { leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'

/** Takes the chosen bills to the page that asks for confirmation, which has an address of its own and may be loaded again. */
export async function chooseBills(context: Context): Promise<void> {
  const chosen = fieldsOf(context.request).all('bill')
  if (chosen.length === 0) return leadTo(context, '/bills?error=chosen')
  leadTo(context, payAddress(chosen))
}

export const payAddress = (billIds: readonly string[]): string =>
  `/pay?${new URLSearchParams(billIds.map((id): [string, string] => ['bill', id])).toString()}`
