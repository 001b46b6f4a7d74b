import { randomBytes, randomInt } from 'node:crypto'
import type { Root } from '../../composition/root.ts'
import type { Notice } from '../../domain/ports/channel.ts'
import { type Addressee, citizensOfAddress } from '../../store/citizens/citizens-of-address.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { beginSignIn } from '../../store/sign-in/begin-sign-in.ts'
import { type CodeTry, tryCode } from '../../store/sign-in/try-code.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { TEXTS } from '../texts/index.ts'

const CODE_LIFE_MS = 5 * 60_000
const SEND_LIMIT_MS = 15_000
/** The longest address that is kept. */
const CONTACT_MAX = 320

type Parts = Pick<Root, 'sql' | 'config' | 'adapters'>

export interface BegunSignIn {
  readonly requestId: string
  /** Sends the codes. To be called after the answer, so that its time tells nobody who is registered. */
  readonly send: () => Promise<void>
}

/** Mail servers do not tell capitals apart, and people do not either; other addresses are taken as they are. */
const spellingsOf = (contact: string): string[] => [...new Set([contact, contact.toLowerCase()])]

/** A contact as it was typed, or null where it cannot be one. */
export function readContact(typed: string): string | null {
  const contact = typed.trim()
  return contact === '' || contact.length > CONTACT_MAX || /\p{Cc}/u.test(contact) ? null : contact
}

/**
 * Makes a code for everybody who has registered the contact. The answer is the same for a contact that nobody has, and
 * so is the limit. Null: asked too often from here or for this contact.
 */
export async function beginCode(
  { sql, config, adapters }: Parts,
  asked: { contact: string; network: string },
  now: number,
): Promise<BegunSignIn | null> {
  const requestId = randomBytes(16).toString('base64url')
  const people = (await citizensOfAddress(sql, spellingsOf(asked.contact))).filter(({ channel }) => adapters.channelNames.includes(channel))
  const codes = new Set<string>()
  while (codes.size < Math.max(1, people.length)) codes.add(String(randomInt(1_000_000)).padStart(6, '0'))
  const list = [...codes]
  const hash = (text: string): Buffer => keyedHash(config.GOJI_PEPPER, 'code', text)
  const begun = await transaction(sql, (tx) =>
    beginSignIn(
      tx,
      {
        requestId,
        contactHash: hash(`contact ${asked.contact.toLowerCase()}`),
        networkHash: hash(`network ${asked.network}`),
        expiresAt: now + CODE_LIFE_MS,
        networkMax: config.GOJI_LIMIT_CODES,
        codes: list.map((code, index) => ({ citizenId: people[index]?.citizen_id ?? null, hash: hash(`${requestId} ${code}`) })),
      },
      now,
    ),
  )
  if (begun === 'limited') return null
  return {
    requestId,
    send: async () =>
      void (await Promise.all(people.map((person, index) => sendCode({ adapters, config }, person, list[index] ?? '', requestId)))),
  }
}

async function sendCode(
  { adapters, config }: Pick<Parts, 'adapters' | 'config'>,
  person: Addressee,
  code: string,
  requestId: string,
): Promise<void> {
  const { code: words, service } = TEXTS[person.language]
  const notice: Notice = {
    purpose: 'notice',
    language: person.language,
    institution: service,
    citizenName: person.name ?? words.citizen,
    subject: words.subject,
    paragraphs: [words.text(code), words.warning],
    facts: [{ label: words.label, value: code }],
    action: { label: words.action, url: new URL('/sign-in/code', config.GOJI_BASE_URL).href },
  }
  const receipt = await adapters
    .channel(person.channel)
    .send({ key: `${requestId}-${person.citizen_id}`, address: person.address, notice }, AbortSignal.timeout(SEND_LIMIT_MS))
  if (receipt.level === 'failed') throw new Error(`the channel ${person.channel} refused a code: ${receipt.code}`)
}

export const CODE_PATTERN = /^[0-9]{6}$/

/** Tries the code that was typed for a request. */
export const tryTypedCode = (
  { sql, config }: Pick<Parts, 'sql' | 'config'>,
  requestId: string,
  code: string,
  now: number,
): Promise<CodeTry> => transaction(sql, (tx) => tryCode(tx, requestId, keyedHash(config.GOJI_PEPPER, 'code', `${requestId} ${code}`), now))
