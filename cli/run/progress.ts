import cliProgress, { type SingleBar } from 'cli-progress'

export interface RunCounts {
  /** Bills of the file. */
  readonly bills: number
  readonly loaded: number
  readonly issued: number
  /** What the simulated citizens have come to, where they are played. */
  readonly played?: { readonly payments: number; readonly final: number; readonly seconds: number }
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
    update({ bills, loaded, issued, played }) {
      if (performance.now() - last < LINE_EVERY_MS) return
      last = performance.now()
      const rest = played ? `, ${played.payments} payments, ${played.final} final; ${pace(played)}` : ''
      stream.write(`  ${loaded} of ${bills} loaded, ${issued} issued${rest}\n`)
    },
    note: (line) => void stream.write(`  ${line}\n`),
    stop: () => undefined,
  }
}

function bars(stream: NodeJS.WriteStream): RunProgress {
  const format = '  {name} |{bar}| {value} of {total}  {note}'
  const multi = new cliProgress.MultiBar({ format, stream, hideCursor: true, clearOnComplete: true, barsize: 40 })
  let drawn: readonly [SingleBar, SingleBar] | undefined
  return {
    update({ bills, loaded, issued, played }) {
      const first = { name: 'loaded', note: played ? `${played.payments} payments` : '' }
      const second = played ? { name: 'final ', note: pace(played) } : { name: 'issued', note: '' }
      drawn ??= [multi.create(bills, 0, first), multi.create(bills, 0, second)]
      drawn[0].update(loaded, first)
      drawn[1].update(Math.min(played ? played.final : issued, bills), second)
    },
    note: (line) => void multi.log(`  ${line}\n`),
    stop: () => multi.stop(),
  }
}

const pace = ({ final, seconds }: NonNullable<RunCounts['played']>): string => `${(seconds < 1 ? 0 : final / seconds).toFixed(1)} lives/s`
