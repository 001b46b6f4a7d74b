import type { Counterpart } from './test-stack.ts'

/** Asks for a counterpart of the whole run, which starts it if nobody has asked yet. Only for files that jest runs. */
export async function counterpart(name: 'postgres' | 'temporal'): Promise<Counterpart> {
  const stack = process.env['GOJI_TEST_STACK']
  if (stack === undefined) throw new Error('This runs under jest only: test/support/global-setup.ts starts what it needs.')
  const response = await fetch(`${stack}/${name}`)
  return (await response.json()) as Counterpart
}

/** Why it cannot be had, for `describeIf`; null when it is there. */
export async function reasonMissing(name: 'postgres' | 'temporal'): Promise<string | null> {
  const answer = await counterpart(name)
  return 'missing' in answer ? answer.missing : null
}

/** Where it is. @throws Error saying why it cannot be had. */
export async function addressOf(name: 'postgres' | 'temporal'): Promise<string> {
  const answer = await counterpart(name)
  if ('missing' in answer) throw new Error(answer.missing)
  return answer.at
}
