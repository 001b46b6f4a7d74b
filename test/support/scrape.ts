/** One time series of a scrape. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Scrape {
  readonly samples: readonly Sample[]
  /** Help and type of each family, by its name. */
  readonly families: ReadonlyMap<string, { readonly help: string; readonly type: string }>
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: \d+)?$/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/g

/** Reads Prometheus' text format. @throws Error naming a line that is not of it. */
export function readScrape(text: string): Scrape {
  const samples: Sample[] = []
  const families = new Map<string, { help: string; type: string }>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const comment = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line)
    if (comment) {
      const [, what, name = '', words = ''] = comment
      const family = families.get(name) ?? { help: '', type: '' }
      families.set(name, what === 'HELP' ? { ...family, help: words } : { ...family, type: words })
      continue
    }
    if (line.startsWith('#')) continue
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined || value === undefined) throw new Error(`This is no line of a scrape: ${line}`)
    samples.push({
      name,
      labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, text]) => [key, text])),
      value: Number(value),
    })
  }
  return { samples, families }
}

export async function scrape(port: number): Promise<Scrape> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`)
  if (answer.status !== 200) throw new Error(`the metrics answered ${answer.status}`)
  return readScrape(await answer.text())
}

/** The sum of the series of a name that have all these labels; undefined where there is none. */
export function valueOf({ samples }: Scrape, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const found = samples.filter((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0)
}
