import { afterEach, beforeEach, jest } from '@jest/globals'
import { exitCodeOf } from '../../cli/exit-codes.ts'
import { wordFailure } from '../../cli/failure.ts'
import { createProgram } from '../../cli/program.ts'

/** What the command line wrote since the test began. */
export interface Said {
  stdout: string
  stderr: string
}

/** Hears what is written instead of the terminal, in every test of the suite. */
export function hear(): Said {
  const said: Said = { stdout: '', stderr: '' }
  beforeEach(() => {
    said.stdout = ''
    said.stderr = ''
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.stdout += String(text))))
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.stderr += String(text))))
  })
  afterEach(() => void jest.restoreAllMocks())
  return said
}

/** Runs the command line in this process, as cli/goji.ts does, and answers the exit code. */
export async function goji(said: Said, ...words: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(['node', 'goji', ...words])
    return 0
  } catch (error) {
    const failure = wordFailure(error)
    if (failure !== null) said.stderr += `${failure}\n`
    return exitCodeOf(error)
  }
}
