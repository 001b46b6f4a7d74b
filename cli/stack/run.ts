import { EXIT } from '../exit-codes.ts'
import { type Stack, type StackOptions, startStack } from './stack.ts'
import { onStopSignals } from './stop-signals.ts'

/**
 * Runs the stack until it is stopped and answers the exit code: 0 when it was stopped after it was up, or when
 * `whenUp` answers `stop`; 128 plus the signal's number when it was stopped before `whenUp` was done.
 * @throws what a part or `whenUp` failed with, once everything is stopped.
 * @param whenUp what to do once everything answers: print the addresses and `stay`, or do one thing and `stop`.
 */
export async function runStack(
  options: Omit<StackOptions, 'signal'>,
  whenUp: (stack: Stack, signal: AbortSignal) => Promise<'stay' | 'stop'>,
): Promise<number> {
  const stop = onStopSignals((line) => options.progress.note(line))
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }))
  let stack: Stack | undefined
  try {
    stack = await startStack({ ...options, signal: stop.signal })
    const died = stack.died.then((death): never => {
      throw death
    })
    // It is raced below; a death after that, while everything is being stopped anyway, is no failure of its own.
    died.catch(() => undefined)
    const next = await Promise.race([whenUp(stack, stop.signal), died, stopped])
    if (next === undefined) return stop.exitCode() ?? EXIT.failed
    if (next === 'stay') await Promise.race([stopped, died])
    return EXIT.done
  } catch (error) {
    if (stop.signal.aborted) return stop.exitCode() ?? EXIT.failed
    throw error
  } finally {
    await stack?.stop()
    stop.release()
  }
}
