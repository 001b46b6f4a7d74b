import { EXIT, exitCodeOf } from './exit-codes.ts'
import { wordFailure } from './failure.ts'
import { createProgram } from './program.ts'

// Whoever reads our output may have seen enough: `goji bills list | head` is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

try {
  await createProgram().parseAsync()
} catch (error) {
  const words = wordFailure(error)
  if (words !== null) console.error(words)
  process.exitCode = exitCodeOf(error)
}
