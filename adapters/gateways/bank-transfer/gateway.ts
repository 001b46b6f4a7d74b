import { GojiError, ProviderError } from '../../../domain/errors.ts'
import type { Gateway, PaymentReport } from '../../../domain/ports/gateway.ts'
import { referenceOf } from './reference.ts'
import type { Settings } from './settings.ts'

const DAY_MS = 86_400_000
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * Transfers behind the gateway's port. There is nobody to call: a payment is an instruction that follows from our own key,
 * and money is seen in the bank's statements, which are booked elsewhere. So a payment is awaited for as long as it is asked about.
 */
export function createGateway(name: string, settings: Settings): Gateway {
  const awaited = (key: string): PaymentReport => {
    const { account, bank, prefix, days } = settings
    const reference = referenceOf(key, settings)
    const number = prefix === undefined ? account : reference
    if (number === undefined) return { status: 'pending' }
    return {
      status: 'awaitingDeposit',
      account: { bank, number, dueAt: madeAt(key) + days * DAY_MS, ...(prefix === undefined ? { reference } : {}) },
    }
  }
  const nobody = (): ProviderError =>
    new ProviderError('permanent', 'account_needed', 'a transfer goes back only to an account that the citizen names')

  return {
    name,
    repeat: { capture: 'idempotent', refund: 'idempotent' },

    openSession({ key, returnUrl }) {
      if (settings.account === undefined && settings.prefix === undefined)
        return Promise.reject(
          new ProviderError(
            'technical',
            'account_unknown',
            'set BANK_TRANSFER_ACCOUNT or BANK_TRANSFER_PREFIX, so that citizens can be told where to transfer',
          ),
        )
      // The instruction is a page of ours, which asks for the payment by its key.
      return Promise.resolve({
        reference: referenceOf(key, settings),
        url: new URL(`/transfers/${encodeURIComponent(key)}`, returnUrl).href,
      })
    },
    payment: (key) => Promise.resolve(awaited(key)),
    capture: (key) => Promise.resolve(awaited(key)),
    /** Nobody can be kept from transferring: what comes later is recorded and goes back. */
    cancel: () => Promise.resolve({ status: 'pending' }),

    refund: () => Promise.reject(nobody()),
    refundReport: () => Promise.resolve({ status: 'unknown' }),

    settlementFiles: () => Promise.resolve([]),
    settlementFile: () => Promise.reject(new ProviderError('permanent', 'no_files', 'transfers have no settlement files')),
    parseSettlement() {
      throw new GojiError('invalid', 'statement_malformed', 'Transfers have no settlement files. Hand in the bank’s statement as XML.')
    },
    translate() {
      throw new GojiError('unauthorized', 'signature_invalid', 'Nobody sends webhooks about transfers.')
    },
  }
}

/** Our ids begin with the time at which they were made; of another key it is unknown, and the days count from 1970. */
function madeAt(key: string): number {
  const time = /_([0-9a-hjkmnp-tv-z]{9})/.exec(key)?.[1] ?? ''
  return [...time].reduce((ms, character) => ms * 32 + ALPHABET.indexOf(character), 0)
}
