import { GojiError, ProviderError } from '../../../domain/errors.ts'
import type { Channel, ChannelReceipt, Notice, SendRequest } from '../../../domain/ports/channel.ts'
import { parseAddress, type PostalAddress } from './address.ts'
import { closeBatches } from './batches.ts'
import { readText } from './files.ts'
import { faces, undrawable } from './fonts.ts'
import { renderLetter } from './letter.ts'
import { costOf } from './rates.ts'
import { recipientOf } from './recipient.ts'
import type { PaperSettings } from './settings.ts'
import { isSigned } from '../../kit/signature.ts'
import { Spool, type SpooledLetter } from './spool.ts'
import { readStatusFile } from './status-file.ts'
import { fitsWindow, windowLines } from './window.ts'
import { WORDING } from './wording.ts'

const KEY = /^[A-Za-z0-9_:-]{1,128}$/
/** Stands for a name of usual length where the address alone is looked at. */
const SAMPLE_NAME = '고지 수취인 귀하'

/** Letters by a print house. `clock` is the machine's, and another one where time is played. */
export function createPaperChannel(settings: PaperSettings, clock: { now(): number } = { now: () => Date.now() }): Channel {
  const spool = new Spool(settings.spool)

  const accepted = ({ key, at, pages, postage }: SpooledLetter): ChannelReceipt => ({
    level: 'accepted',
    at,
    reference: key,
    ...(settings.rates === null ? {} : { cost: costOf(settings.rates, pages, postage) }),
  })

  const letterOf = async (key: string): Promise<ChannelReceipt | null> => {
    const letter = await spool.find(key)
    if (letter === null) return null
    const decided = await spool.decision(key)
    if (decided !== null && 'recalledAt' in decided)
      return { level: 'failed', kind: 'permanent', code: 'letter_recalled', at: decided.recalledAt, reference: key }
    return accepted(letter)
  }

  return {
    name: 'paper',
    repeat: 'idempotent',
    reports: settings.postage === 'registered' ? 'delivered' : 'accepted',
    needsAddress: true,
    silent: true,
    printed: true,

    reachable: async (address) => addressProblem(address, SAMPLE_NAME) === null,

    async send({ key, address, notice }) {
      const known = await filed(() => letterOf(checked(key)))
      if (known !== null) return known
      const target = checkedAddress(address, notice)
      refuseUndrawable(notice, address)
      const at = clock.now()
      const { pdf, pages } = await renderLetter({ key, address: target, notice, sender: settings.sender, at })
      const postage = notice.purpose === 'notice' ? settings.postage : 'ordinary'
      const letter = { key, pages, postage, recipient: recipientOf(address), at, closesAt: settings.cutOff(at) }
      await filed(() => spool.put(letter, pdf))
      const kept = await filed(() => letterOf(key))
      if (kept === null) throw new ProviderError('unknown', 'letter_lost', 'The letter is not in the spool. Look at the folder.')
      return kept
    },

    receipt: (key) => filed(async () => (KEY.test(key) ? ((await reported(spool, key, clock.now())) ?? (await letterOf(key))) : null)),
    recall: (key) => filed(() => spool.recall(checked(key), clock.now())),
    readReports: readStatusFile,

    async tend(now) {
      await filed(() => closeBatches(spool, now))
    },

    translate(headers, body, now) {
      if (!isSigned(settings.statusKeys, headers, body, now))
        throw new GojiError(
          'unauthorized',
          'signature_invalid',
          'The signature is missing, stale or wrong. Check the secret and the clock.',
        )
      return readStatusFile(body.toString('utf8'), now)
    },
  }
}

/** What the newest status file says that names a letter; null where none does. */
async function reported(spool: Spool, key: string, now: number): Promise<ChannelReceipt | null> {
  for (const name of (await spool.statusFiles()).reverse()) {
    const text = (await readText(spool.path('status', name))) ?? ''
    if (!text.includes(`\n${key},`)) continue
    const news = readStatusFile(text, now).filter((notice) => notice.key === key)
    const last = news.sort((a, b) => a.receipt.at - b.receipt.at).at(-1)
    if (last) return last.receipt
  }
  return null
}

/** A folder that cannot be read or written may be there again in a moment; what was written before is found again by its key. */
async function filed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof ProviderError || cause instanceof GojiError) throw cause
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown'
    const kind = code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' ? 'technical' : 'temporary'
    throw new ProviderError(kind, `spool_${code.toLowerCase()}`, `The spool folder answers ${code}.`, { cause })
  }
}

function checked(key: string): string {
  if (!KEY.test(key)) throw new ProviderError('technical', 'key_invalid', 'A delivery key is 1 to 128 letters, digits, "_", ":" and "-".')
  return key
}

/** Why nothing can be printed for an address; null where it can. */
function addressProblem(address: string, name: string): 'address_invalid' | 'address_too_long' | null {
  const target = parseAddress(address)
  if (target === null || undrawable(faces(), address) !== undefined) return 'address_invalid'
  return fitsWindow(windowLines(faces(), name, target)) ? null : 'address_too_long'
}

function checkedAddress(address: string, notice: Notice): PostalAddress {
  const problem = addressProblem(address, WORDING[notice.language].addressee(notice.citizenName))
  const target = parseAddress(address)
  if (problem !== null || target === null)
    throw new ProviderError(
      'permanent',
      problem ?? 'address_invalid',
      'The address is none that a letter can be sent to in a window envelope.',
    )
  return target
}

/** A letter with boxes in place of letters is none: it is refused, so that another channel is tried. */
function refuseUndrawable({ institution, citizenName, subject, paragraphs, facts, action }: SendRequest['notice'], address: string): void {
  const texts = [
    institution,
    citizenName,
    subject,
    ...paragraphs,
    ...facts.flatMap(({ label, value }) => [label, value]),
    action.label,
    address,
  ]
  if (undrawable(faces(), texts.join('')) !== undefined)
    throw new ProviderError('permanent', 'text_unprintable', 'The letter has a character that its font does not know.')
  if (!/^https?:\/\//.test(action.url))
    throw new ProviderError('technical', 'link_invalid', 'The link of a notice must be an http(s) address.')
}
