import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, jest } from '@jest/globals'
import { createProgress } from '../../cli/stack/progress.ts'

function stream(isTTY: boolean): { stream: NodeJS.WriteStream; written: () => string } {
  let text = ''
  const made = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString()
      done()
    },
  })
  return { stream: Object.assign(made, { isTTY, columns: 60 }) as unknown as NodeJS.WriteStream, written: () => text }
}

describe('the progress of a start', () => {
  it.each([true, false])('says what lasts, how far it is and what came of it (terminal: %s)', async (isTTY) => {
    jest.useFakeTimers()
    try {
      const { stream: out, written } = stream(isTTY)
      const progress = createProgress(out)
      const step = progress.step(
        'Temporal',
        async ({ note, status }) => {
          note('Building, once.')
          status('12 of 1300 packages')
          await jest.advanceTimersByTimeAsync(15_000)
          return '/bin/temporal'
        },
        (binary) => binary,
      )
      await step
      expect(stripVTControlCharacters(written())).toMatch(
        / {2}Building, once\.\n[^]*Temporal[^\n]* s, 12 of 1300 packages[^]*✔ Temporal: \/bin\/temporal \(/,
      )
    } finally {
      jest.useRealTimers()
    }
  })
})
