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
  // A promise for each piece: a race against one that lasts as long as the body would hold every piece until its end.
  const piece = (): Promise<IteratorResult<Buffer>> =>
    new Promise((resolve, reject) => {
      giveUp = reject
      iterator.next().then(resolve, reject)
    })
  const timer = setInterval(() => {
    if (isWaiting && came < bytes) giveUp(tooSlow())
    came = 0
  }, every)
  try {
    for (;;) {
      isWaiting = true
      const next = await piece()
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
