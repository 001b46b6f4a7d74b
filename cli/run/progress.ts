import cliProgress, { type SingleBar } from 'cli-progress'

export interface RunCounts {
  /** Bills of the file. */
  readonly bills: number
  readonly loaded: number
  readonly issued: number
  readonly payments: number
  readonly final: number
  /** Since the first bill was sent. */
  readonly seconds: number
}

export interface RunProgress {
  update(counts: RunCounts): void
  note(line: string): void
  /** Takes the bars away, so that what is printed next stands alone. */
  stop(): void
}

/** Where nobody watches, a line this often is enough. */
const LINE_EVERY_MS = 5_000

/** Two bars on a terminal, elsewhere a line every few seconds. */
export const createRunProgress = (stream: NodeJS.WriteStream): RunProgress => (stream.isTTY ? bars(stream) : lines(stream))

function lines(stream: NodeJS.WriteStream): RunProgress {
  let last = -Infinity
  return {
    update(counts) {
      if (performance.now() - last < LINE_EVERY_MS) return
      last = performance.now()
      const { bills, loaded, issued, payments, final } = counts
      stream.write(`  ${loaded} of ${bills} loaded, ${issued} issued, ${payments} payments, ${final} final; ${pace(counts)}\n`)
    },
    note: (line) => void stream.write(`  ${line}\n`),
    stop: () => undefined,
  }
}

function bars(stream: NodeJS.WriteStream): RunProgress {
  const format = '  {name} |{bar}| {value} of {total}  {note}'
  const multi = new cliProgress.MultiBar({ format, stream, hideCursor: true, clearOnComplete: true, barsize: 40 })
  let drawn: { readonly loaded: SingleBar; readonly final: SingleBar } | undefined
  return {
    update(counts) {
      const { bills, loaded, final, payments } = counts
      drawn ??= {
        loaded: multi.create(bills, 0, { name: 'loaded', note: '' }),
        final: multi.create(bills, 0, { name: 'final ', note: '' }),
      }
      drawn.loaded.update(loaded, { name: 'loaded', note: `${payments} payments` })
      drawn.final.update(Math.min(final, bills), { name: 'final ', note: pace(counts) })
    },
    note: (line) => void multi.log(`  ${line}\n`),
    stop: () => multi.stop(),
  }
}

const pace = ({ final, seconds }: RunCounts): string => `${(seconds < 1 ? 0 : final / seconds).toFixed(1)} lives/s`
