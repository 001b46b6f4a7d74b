import { setTimeout as delay } from 'node:timers/promises'

/** Waits so many milliseconds, or until `end` is signalled. */
export async function pause(ms: number, end: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: end }).catch((error: unknown) => {
    if (!end.aborted) throw error
  })
}
