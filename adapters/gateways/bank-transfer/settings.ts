import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { invalid } from '../../../domain/errors.ts'

export interface Settings {
  /** The account's number or IBAN as the citizen is told it; with `prefix` it is only the bank's. */
  readonly account: string | undefined
  readonly bank: string
  /** Digits that the bank has given us for virtual account numbers: each payment has a number of its own below it. */
  readonly prefix: string | undefined
  /** Days that a citizen is told to have for the transfer. */
  readonly days: number
}

export const settings: GatewayModule['settings'] = {
  BANK_TRANSFER_ACCOUNT: { description: 'Number or IBAN of our own account, to which citizens transfer', secret: false, required: false },
  BANK_TRANSFER_BANK: { description: 'Name of the bank where it is, as its customers know it', secret: false, required: false },
  BANK_TRANSFER_PREFIX: {
    description:
      'Digits under which the bank books virtual account numbers to our account. With it each payment has an account number of its own instead of a reference.',
    secret: false,
    required: false,
  },
  BANK_TRANSFER_DAYS: {
    description: 'Days that the citizen is told to have for the transfer, 7 where nothing is said',
    secret: false,
    required: false,
  },
}

/** @throws GojiError `setting_invalid`, naming the variable. */
export function readSettings(values: Readonly<Record<string, string | undefined>>): Settings {
  const account = values['BANK_TRANSFER_ACCOUNT']
  if (account !== undefined && !/^[A-Z0-9][A-Z0-9 -]{3,40}$/i.test(account))
    throw wrong('BANK_TRANSFER_ACCOUNT', 'an account number or an IBAN')
  const prefix = values['BANK_TRANSFER_PREFIX']
  if (prefix !== undefined && !/^[0-9]{2,10}$/.test(prefix)) throw wrong('BANK_TRANSFER_PREFIX', '2 to 10 digits')
  const days = values['BANK_TRANSFER_DAYS'] ?? '7'
  if (!/^[1-9][0-9]{0,2}$/.test(days)) throw wrong('BANK_TRANSFER_DAYS', 'a whole number of days from 1 to 999')
  return { account, bank: values['BANK_TRANSFER_BANK'] ?? '', prefix, days: Number(days) }
}

const wrong = (name: string, expected: string) => invalid('setting_invalid', `${name} has to be ${expected}.`, `/${name}`)
