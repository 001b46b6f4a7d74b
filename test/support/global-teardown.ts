import type { TestStack } from './test-stack.ts'

export default async function globalTeardown(): Promise<void> {
  await (globalThis as unknown as { gojiTestStack: TestStack }).gojiTestStack.stop()
}
