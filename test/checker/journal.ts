import { readFile } from 'node:fs/promises'

/** A line of a journal, as whoever wrote it says. */
export type Entry = Readonly<Record<string, unknown>>

/**
 * The whole lines of a journal. A torn last line was never answered for; every other one has to be readable.
 * @throws SyntaxError where the journal is damaged.
 */
export async function readJournal(path: string): Promise<Entry[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as Entry)
}

export const text = (entry: Entry, name: string): string => String(entry[name])
