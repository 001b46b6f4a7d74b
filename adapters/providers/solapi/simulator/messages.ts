import { randomBytes } from 'node:crypto'
import type { World } from '../../../kit/simulator/world.ts'
import { fateOf } from './carrier.ts'
import type { Entry, SentMessage } from './entries.ts'

export interface StoredMessage extends SentMessage {
  readonly statusCode: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly opened: boolean
}

/** From acceptance to the carrier, and from there to the telephone, in milliseconds. */
const STEP_MS = 100

/** What the journal's lines add up to. */
export class Books {
  readonly byId = new Map<string, StoredMessage>()

  apply(entry: Entry & { readonly at: number }): void {
    if (entry.op === 'message') {
      const { message, statusCode, at } = entry
      this.byId.set(message.messageId, { ...message, statusCode, createdAt: at, updatedAt: at, opened: false })
      return
    }
    const before = this.byId.get(entry.messageId)
    if (!before) throw new Error(`The journal tells of the message ${entry.messageId} before it was handed in.`)
    const change = entry.op === 'opened' ? { opened: true } : { statusCode: entry.statusCode, updatedAt: entry.at }
    this.byId.set(entry.messageId, { ...before, ...change })
  }

  /** Messages to a number, the oldest first. */
  to(number: string): readonly StoredMessage[] {
    return [...this.byId.values()].filter((message) => message.to === number)
  }
}

/** The way of each message: accepted, with the carrier, arrived or not; each end is reported. */
export class Messages {
  readonly books: Books
  readonly #world: World<Entry>

  constructor(world: World<Entry>, books: Books) {
    this.#world = world
    this.books = books
  }

  /** Takes up what a previous process left on its way. */
  start(): void {
    for (const { messageId } of this.books.byId.values()) this.#continue(messageId)
  }

  accept(message: Omit<SentMessage, 'messageId' | 'groupId'>, groupId: string, refused: string | undefined): StoredMessage {
    const messageId = `M4V${randomBytes(12).toString('hex')}`
    this.#world.record({ op: 'message', message: { ...message, messageId, groupId }, statusCode: refused ?? fateOf(message.to).atOnce })
    this.#continue(messageId)
    return this.#get(messageId)
  }

  open(message: StoredMessage): void {
    if (!message.opened) this.#world.record({ op: 'opened', messageId: message.messageId })
  }

  #continue(messageId: string): void {
    const { statusCode } = this.#get(messageId)
    if (statusCode === '2000') this.#later(messageId, '2000', '3000')
    else if (statusCode === '3000') this.#later(messageId, '3000', fateOf(this.#get(messageId).to).final)
  }

  #later(messageId: string, from: string, to: string): void {
    setTimeout(() => {
      if (this.#get(messageId).statusCode !== from) return
      this.#world.record({ op: 'status', messageId, statusCode: to })
      if (to === '3000') this.#continue(messageId)
      else this.#report(this.#get(messageId))
    }, STEP_MS)
  }

  /** A report of one message comes in a list, as Solapi's webhooks do. */
  #report(message: StoredMessage): void {
    this.#world.tell(message.customFields['delivery'] ?? '', [storedView(message)])
  }

  #get(messageId: string): StoredMessage {
    const message = this.books.byId.get(messageId)
    if (!message) throw new Error(`There is no message ${messageId}.`)
    return message
  }
}

/** A message as Solapi's list and webhooks show it. */
export const storedView = (message: StoredMessage): object => {
  const ended = !['2000', '2100', '3000'].includes(message.statusCode)
  return {
    messageId: message.messageId,
    groupId: message.groupId,
    accountId: 'ACCOUNT',
    type: message.type,
    to: message.to,
    from: message.from,
    text: message.text,
    country: '82',
    status: ended ? 'COMPLETE' : message.statusCode === '3000' ? 'SENDING' : 'PENDING',
    statusCode: message.statusCode,
    customFields: message.customFields,
    dateCreated: new Date(message.createdAt).toISOString(),
    dateUpdated: new Date(message.updatedAt).toISOString(),
    dateReceived: message.statusCode === '4000' ? new Date(message.updatedAt).toISOString() : null,
    dateReported: ended ? new Date(message.updatedAt).toISOString() : null,
  }
}
