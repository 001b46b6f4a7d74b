/** What a step that takes long says while it lasts. */
export interface Said {
  readonly note: (line: string) => void
  /** How far it is: stands beside the step's title until it says something else. */
  readonly status: (text: string) => void
}

/** Tells somebody who waits what is being done and how long it takes. */
export interface Progress {
  /** Runs one step under a title; `done` words its result. */
  step<T>(title: string, work: (said: Said) => Promise<T>, done?: (result: T) => string): Promise<T>
  note(line: string): void
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100
/** Where nobody can see a spinner turn, a long step says this often that it is still at it. */
const REMINDER_MS = 15_000

/** On a terminal a spinner with the elapsed time, elsewhere plain lines. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  // A terminal that was closed takes no more lines, which is no reason to stop half way through stopping.
  stream.on('error', () => undefined)
  return stream.isTTY ? spinner(stream) : lines(stream)
}

const elapsed = (since: number): string => {
  const seconds = (performance.now() - since) / 1000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}

function lines(stream: NodeJS.WriteStream): Progress {
  const note = (line: string): void => void stream.write(`  ${line}\n`)
  return {
    note,
    step: async (title, work, done) => {
      const since = performance.now()
      let how = ''
      const reminder = setInterval(() => note(`${title}: still at it after ${elapsed(since)}${how && `, ${how}`}`), REMINDER_MS)
      try {
        const result = await work({ note, status: (text) => (how = text) })
        stream.write(`✔ ${title}${done ? `: ${done(result)}` : ''} (${elapsed(since)})\n`)
        return result
      } finally {
        clearInterval(reminder)
      }
    },
  }
}

function spinner(stream: NodeJS.WriteStream): Progress {
  let drawn = ''
  const draw = (line: string): void => {
    // Some terminals do not say how wide they are.
    drawn = line.slice(0, (stream.columns || 80) - 1)
    stream.write(`\r\u001b[2K${drawn}`)
  }
  const above = (line: string): void => {
    const current = drawn
    stream.write(`\r\u001b[2K${line}\n`)
    if (current !== '') draw(current)
  }
  return {
    note: (line) => above(`  ${line}`),
    step: async (title, work, done) => {
      const since = performance.now()
      let frame = 0
      let how = ''
      const turn = setInterval(() => draw(`${FRAMES[frame++ % FRAMES.length]} ${title} … ${elapsed(since)}${how && `, ${how}`}`), FRAME_MS)
      try {
        const result = await work({ note: (line) => above(`  ${line}`), status: (text) => (how = text) })
        drawn = ''
        above(`✔ ${title}${done ? `: ${done(result)}` : ''} (${elapsed(since)})`)
        return result
      } catch (error) {
        drawn = ''
        above(`✖ ${title} (${elapsed(since)})`)
        throw error
      } finally {
        clearInterval(turn)
      }
    },
  }
}
