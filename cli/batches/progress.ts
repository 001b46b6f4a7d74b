import cliProgress from 'cli-progress'

export interface Progress {
  update(name: string, done: number, all: number, note?: string): void
  /** Takes the bar away, so that what is printed next stands alone. */
  stop(): void
}

/** Where nobody watches, a line this often is enough. */
const LINE_EVERY_MS = 5_000

/** One bar on a terminal, elsewhere a line every few seconds. */
export const createProgress = (stream: NodeJS.WriteStream): Progress => (stream.isTTY ? bar(stream) : lines(stream))

function lines(stream: NodeJS.WriteStream): Progress {
  let last = -Infinity
  return {
    update(name, done, all, note = '') {
      if (performance.now() - last < LINE_EVERY_MS && done < all) return
      last = performance.now()
      stream.write(`  ${name}: ${done} of ${all}${note === '' ? '' : `, ${note}`}\n`)
    },
    stop: () => undefined,
  }
}

function bar(stream: NodeJS.WriteStream): Progress {
  const drawn = new cliProgress.SingleBar({
    format: '  {name} |{bar}| {value} of {total}  {note}',
    stream,
    hideCursor: true,
    clearOnComplete: true,
  })
  let begun = false
  return {
    update(name, done, all, note = '') {
      if (!begun) drawn.start(all, done, { name, note })
      begun = true
      drawn.setTotal(all)
      drawn.update(done, { name, note })
    },
    stop: () => {
      if (begun) drawn.stop()
      begun = false
    },
  }
}
