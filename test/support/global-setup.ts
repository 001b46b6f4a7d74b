import { killLiveGroups } from '../../cli/stack/process-group.ts'
import { startTestStack } from './test-stack.ts'

/** Runs once, in jest's own process, before all test files. */
export default async function globalSetup(): Promise<void> {
  const stack = await startTestStack(process.env)
  process.env['GOJI_TEST_STACK'] = stack.url
  Object.assign(globalThis, { gojiTestStack: stack })
  // Ctrl-C ends jest without its teardown.
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      killLiveGroups()
      process.kill(process.pid, name)
    })
  }
}
