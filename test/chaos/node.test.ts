import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Children } from '../../cli/stack/process.ts'
import { processIdentity } from '../../cli/stack/process-identity.ts'
import { Node } from '../../chaos/stack/node.ts'
import { checkProcesses } from '../../chaos/verdict/check-processes.ts'
import { eventually } from '../support/eventually.ts'

describe('a node of the stack', () => {
  let folder: string
  let node: Node
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'goji-node-'))
    const children = new Children(folder, () => undefined)
    node = new Node({
      name: 'sleeper',
      start: (number) =>
        children.start({ name: `sleeper-${number}`, command: 'sleep', args: ['1000'], environment: process.env, folder, graceMs: 1_000 }),
      ready: () => Promise.resolve(),
    })
    await node.begin()
  })
  afterEach(async () => {
    await node.stop()
    rmSync(folder, { recursive: true })
  })

  const again = (before: number): Promise<true> =>
    eventually('it runs again', async () => (node.starts > before && node.pid > 0 ? true : undefined))

  it('is started again however it ends', async () => {
    await node.kill()
    await again(1)
    expect(checkProcesses([node])).toEqual([])
    process.kill(node.pid, 'SIGKILL')
    await again(2)
    // Nobody of the run did that, so the verdict tells of it.
    expect(checkProcesses([node])).toEqual([
      { rule: 'processes', id: 'sleeper', sentence: 'sleeper ended by itself (SIGKILL). Its log says why.' },
    ])
  })

  it('stays down until everybody who held it down lets go', async () => {
    await node.down()
    await node.down()
    await node.up()
    expect(node.starts).toBe(1)
    await node.up()
    await again(1)
  })

  it('can be stopped while it is frozen, and leaves nothing behind', async () => {
    const { pid } = node
    node.freeze()
    await node.stop()
    expect(processIdentity(pid)).toBeNull()
  })
})
