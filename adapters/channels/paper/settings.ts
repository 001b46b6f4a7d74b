import { type GojiError, invalid } from '../../../domain/errors.ts'
import { type CutOff, parseCutOff } from './cut-off.ts'
import { parseRates, type Postage, POSTAGES, type Rates } from './rates.ts'
import { keyOfSecret, secretsOf } from '../../kit/signature.ts'

export interface PaperSettings {
  /** Shared by every worker and by whoever hands the batches to the print house. */
  readonly spool: string
  readonly cutOff: CutOff
  /** How notices travel; reminders are ordinary letters. */
  readonly postage: Postage
  readonly rates: Rates | null
  /** Printed small above the addressee: where a letter goes that cannot be delivered. */
  readonly sender: string
  /** Verify the status files that the print house posts: two while the secret is changed. */
  readonly statusKeys: readonly Buffer[]
}

const refused = (name: string, detail: string): GojiError => invalid('setting_invalid', `${name} ${detail}`)

function statusKey(secret: string): Buffer | null {
  const key = keyOfSecret(secret)
  return key.length >= 24 && key.length <= 64 ? key : null
}

/** @throws GojiError `setting_invalid`, naming the variable and never its value. */
export function parseSettings(settings: Readonly<Record<string, string | undefined>>): PaperSettings {
  const { PAPER_SPOOL_DIR: spool = '', PAPER_STATUS_SECRET: secret = '', PAPER_SENDER: sender = '' } = settings
  if (!spool.startsWith('/')) throw refused('PAPER_SPOOL_DIR', 'must be the full path of a folder.')
  const statusKeys = secretsOf(secret, statusKey)
  if (statusKeys === null) throw refused('PAPER_STATUS_SECRET', 'must be base64 of 24 to 64 bytes, or two such, parted by a comma.')
  const cutOff = parseCutOff(settings['PAPER_CUTOFF'] ?? 'PT1H')
  if (cutOff === null) throw refused('PAPER_CUTOFF', 'must be a time such as "18:00 Asia/Seoul" or an exact duration such as PT1H.')
  const postage = POSTAGES.find((one) => one === (settings['PAPER_POSTAGE'] ?? 'registered'))
  if (postage === undefined) throw refused('PAPER_POSTAGE', `must be one of ${POSTAGES.join(', ')}.`)
  if (sender.length > 100 || /\p{Cc}/u.test(sender)) throw refused('PAPER_SENDER', 'must be one line of at most 100 characters.')
  const rates = settings['PAPER_RATES']
  return { spool, cutOff, postage, rates: rates === undefined ? null : parseRates(rates), sender, statusKeys }
}
