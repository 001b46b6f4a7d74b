import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * Writes `docs/<name>` when the calling script is the program, and does nothing when a test imports it to compare.
 * @param script `import.meta.url` of the caller.
 */
export function writePage(script: string, name: string, draw: () => string): void {
  if (script !== pathToFileURL(process.argv[1] ?? '').href) return
  writeFileSync(new URL(`../docs/${name}`, import.meta.url), draw())
  console.log(`docs/${name} written`)
}
