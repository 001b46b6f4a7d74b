import { notFound } from '../../../domain/errors.ts'
import type { Channel } from '../../../domain/ports/channel.ts'

/**
 * The platform's own page. The bill is in the store before anything is sent, so it is delivered by being issued, at any
 * address and whatever happens; `read` is recorded by the page itself when the citizen opens it. Nothing here can fail.
 */
export const createInboxChannel = (): Channel => ({
  name: 'inbox',
  repeat: 'idempotent',
  reports: 'read',
  needsAddress: false,
  reachable: () => Promise.resolve(true),
  send: ({ key }) => Promise.resolve({ level: 'delivered', at: Date.now(), reference: key }),
  // The store knows what became of it; sending again, which is what "unknown here" leads to, changes nothing.
  receipt: () => Promise.resolve(null),
  translate: () => {
    throw notFound('webhook')
  },
})
