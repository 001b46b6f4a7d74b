import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from '@jest/globals'
import type { LockedChild } from '../../cli/stack/lock.ts'
import { type ChildSpec, Children } from '../../cli/stack/process.ts'
import { processIdentity } from '../../cli/stack/process-identity.ts'
import { eventually } from '../support/eventually.ts'
import { temporaryFolder } from './temporary-folder.ts'

const LISTENING = `console.log('starting'); console.log(JSON.stringify({ listening: 'http://127.0.0.1:1' }));`
const IDLE = 'setInterval(() => {}, 1000);'
const DEAF = `process.on('SIGTERM', () => {});`
/** Starts a process of its own, which ignores that it should end, and says its number. */
const PARENT = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(DEAF + IDLE)}]); console.log('grandchild ' + pid);`

describe('a process beside the stack', () => {
  const folder = temporaryFolder()
  const recorded: (readonly LockedChild[])[] = []
  const opened: Children[] = []
  const newChildren = (): Children => {
    const children = new Children(folder, (running) => recorded.push(running))
    opened.push(children)
    return children
  }
  afterAll(() => Promise.all(opened.map((children) => children.stopAll(() => undefined))))
  const spec = (name: string, script: string, graceMs = 20_000): ChildSpec => ({
    name,
    command: process.execPath,
    args: ['-e', script],
    environment: {},
    folder,
    graceMs,
  })
  const { signal } = new AbortController()

  it('is ready when it says where it listens, and logs into a file of its own', async () => {
    const child = await newChildren().start(spec('ready', LISTENING + IDLE))
    expect(await child.listening(20_000, signal)).toBe('http://127.0.0.1:1')
    expect(readFileSync(child.logFile, 'utf8')).toMatch(/^starting\n/)
    expect(recorded.at(-1)).toEqual([{ name: 'ready', pid: child.pid, identity: processIdentity(child.pid), stopSignal: 'SIGTERM' }])
    await child.stop()
    expect(recorded.at(-1)).toEqual([])
  })

  it('fails at its start with the end of its log', async () => {
    const child = await newChildren().start(spec('broken', `console.error('no such table'); process.exit(3)`))
    await expect(child.listening(20_000, signal)).rejects.toThrow(
      /broken ended at its start \(exit code 3\)[^]*broken\.log[^]*no such table/,
    )
  })

  it('fails with what it said, not with the places in code behind it', async () => {
    const child = await newChildren().start(spec('crashing', `throw new Error('GOJI_PORT is not a port')`))
    const failure: Error = await child.listening(20_000, signal).then(
      () => new Error('it listens'),
      (error: Error) => error,
    )
    expect(failure.message).toMatch(/\| Error: GOJI_PORT is not a port$/)
  })

  it('is told apart when it cannot be started at all', async () => {
    await expect(newChildren().start({ ...spec('absent', ''), command: '/no/such/program' })).rejects.toThrow(
      expect.objectContaining({ code: 'process_failed' }),
    )
  })

  it('is killed after its grace when it does not want to end, with what it started', async () => {
    const child = await newChildren().start(spec('deaf', DEAF + PARENT + LISTENING + IDLE, 200))
    await child.listening(20_000, signal)
    const grandchild = Number(/grandchild (\d+)/.exec(readFileSync(child.logFile, 'utf8'))?.[1])
    expect(processIdentity(grandchild)).not.toBeNull()
    await child.stop()
    expect(await child.ended).toBe('SIGKILL')
    await eventually('the grandchild ends', () => Promise.resolve(processIdentity(grandchild) === null ? true : undefined))
  })

  it('is noticed when it ends unasked, with the log to read', async () => {
    const children = newChildren()
    const child = await children.start(
      spec('dying', `${LISTENING} setTimeout(() => { console.log('out of memory'); process.exit(9) }, 50)`),
    )
    expect((await children.died).message).toMatch(
      new RegExp(`dying ended unexpectedly \\(exit code 9\\)\\. Its log is ${child.logFile}[^]*out of memory`),
    )
  })

  it('is not waited for once the start is aborted', async () => {
    const abort = new AbortController()
    const child = await newChildren().start(spec('slow', IDLE))
    const ready = child.listening(20_000, abort.signal)
    abort.abort(new Error('Ctrl-C'))
    await expect(ready).rejects.toThrow('Ctrl-C')
  })

  it('is stopped after those that were started later', async () => {
    const children = newChildren()
    for (const name of ['first', 'second', 'third']) await children.start(spec(name, IDLE))
    const order: string[] = []
    await children.stopAll((name) => order.push(name))
    expect(order).toEqual(['third', 'second', 'first'])
    await expect(children.start(spec('late', IDLE))).rejects.toThrow(/being stopped/)
  })
})
