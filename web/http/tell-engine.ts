import { errorWords } from '../../composition/error-words.ts'
import type { Context } from './context.ts'

/**
 * Tells the engine of something that is committed already. When it cannot be reached the page is shown all the same: the
 * sweep relays what was recorded, and a page that waits asks again by itself.
 */
export async function tellEngine({ log }: Pick<Context, 'log'>, what: string, tell: () => Promise<unknown>): Promise<void> {
  try {
    await tell()
  } catch (error) {
    log.warn({ what, ...errorWords(error) }, 'the engine could not be told')
  }
}
