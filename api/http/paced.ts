import type { Readable } from 'node:stream'
import { RequestError } from '../problem.ts'
import type { Slowest } from './slowest.ts'

/**
 * The pieces of a body as they come, at the least pace that is allowed. Time in which its reader is busy does not count.
 * The stream stays open after the last piece or a refusal, so that it can be answered.
 * @throws RequestError `request_timeout`; whatever the stream throws.
 */
export async function* paced(stream: Readable, { every, bytes }: Slowest['pace']): AsyncGenerator<Buffer> {
  const iterator = stream.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
  let came = 0
  let isWaiting = false
  let giveUp = (_error: Error): void => undefined
  const slow = new Promise<never>((_resolve, reject) => {
    giveUp = reject
  })
  slow.catch(() => undefined)
  const timer = setInterval(() => {
    if (isWaiting && came < bytes) giveUp(tooSlow())
    came = 0
  }, every)
  try {
    for (;;) {
      isWaiting = true
      const next = await Promise.race([iterator.next(), slow])
      isWaiting = false
      if (next.done === true) return
      came += next.value.length
      yield next.value
    }
  } finally {
    clearInterval(timer)
    // Not waited for: it takes effect only when a piece comes that may never come.
    void iterator.return?.()
  }
}

export const tooSlow = (): RequestError =>
  new RequestError(408, 'request_timeout', 'The request did not come in time. Send it again, faster.', { headers: { Connection: 'close' } })
