/** How often a condition outside this process is looked at; there is no event to await for it. */
const EVERY_MS = 50

/**
 * Waits until `look` answers something other than undefined, and answers it.
 * @throws Error naming what was waited for after `limit` milliseconds.
 */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>, limit = 30_000): Promise<T> {
  const deadline = Date.now() + limit
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error(`it did not happen within ${limit} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
}
