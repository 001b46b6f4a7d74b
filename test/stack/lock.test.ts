import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { Lock } from '../../cli/stack/lock.ts'
import { processIdentity } from '../../cli/stack/process-identity.ts'
import { temporaryFolder } from './temporary-folder.ts'

const started: ChildProcess[] = []
afterAll(() => started.forEach((child) => child.kill('SIGKILL')))

/** A process that does nothing, as the leader of a group. */
function idle(): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
  started.push(child)
  return child as ChildProcess & { readonly pid: number }
}

const childOf = ({ pid }: { pid: number }) => ({ name: 'idle', pid, identity: processIdentity(pid) ?? '', stopSignal: 'SIGTERM' as const })

/** A lock as a holder that is gone left it. */
const abandoned = (children: readonly ReturnType<typeof childOf>[]): string =>
  JSON.stringify({ pid: process.pid, identity: 'of an earlier process with the same number', children, addresses: {} })

describe('the lock of a data folder', () => {
  const folder = temporaryFolder()
  const note = (): void => undefined

  it('keeps a second start out and tells it where the first one answers', async () => {
    const file = join(folder, 'held')
    const lock = await Lock.take(file, note)
    await expect(Lock.take(file, note)).rejects.toThrow(/still starting/)
    lock.announce({ goji: 'http://127.0.0.1:3000' })
    await expect(Lock.take(file, note)).rejects.toThrow(
      expect.objectContaining({ code: 'already_running', message: expect.stringContaining('goji: http://127.0.0.1:3000') }),
    )
    lock.release()
    ;(await Lock.take(file, note)).release()
  })

  it('is taken over from a killed holder, whose children are stopped', async () => {
    const file = join(folder, 'abandoned')
    const orphan = idle()
    const ended = once(orphan, 'exit')
    writeFileSync(file, abandoned([childOf(orphan)]))
    const notes: string[] = []
    const lock = await Lock.take(file, (line) => notes.push(line))
    expect(await ended).toEqual([null, 'SIGTERM'])
    expect(notes).toEqual([expect.stringContaining(`idle (pid ${orphan.pid})`)])
    lock.release()
  })

  it('kills no process that was given the number of a child since', async () => {
    const file = join(folder, 'recycled')
    const stranger = idle()
    writeFileSync(file, abandoned([{ ...childOf(stranger), identity: 'of the process before it' }]))
    const lock = await Lock.take(file, note)
    expect(processIdentity(stranger.pid)).not.toBeNull()
    lock.release()
  })

  it('is won by one of several that find it abandoned at the same time', async () => {
    const file = join(folder, 'contested')
    writeFileSync(file, abandoned([]))
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => Lock.take(file, note)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, identity: processIdentity(process.pid) })
  })
})

describe('the identity of a process', () => {
  it('is the same while it runs and none once it has ended', async () => {
    const child = idle()
    const identity = processIdentity(child.pid)
    expect(identity).not.toBeNull()
    expect(processIdentity(child.pid)).toBe(identity)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(processIdentity(child.pid)).toBeNull()
  })
})
