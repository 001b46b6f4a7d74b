import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from '@jest/globals'
import { Ports } from '../../cli/stack/ports.ts'
import type { Progress } from '../../cli/stack/progress.ts'
import { processIdentity } from '../../cli/stack/process-identity.ts'
import { type Stack, type StackOptions, startStack } from '../../cli/stack/stack.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { withDatabase } from '../support/postgres.ts'
import { describeIf } from '../support/skip.ts'
import { withTemporal } from '../support/temporal.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Answers HTTP at its `--port` and notes when it starts and ends in the file `--journal`. */
const SERVER = `
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
const flag = (name: string) => process.argv.find((arg) => arg.startsWith('--' + name + '='))!.split('=')[1]!
const line = (what: string) => appendFileSync(flag('journal'), what + ' ' + flag('name') + '\\n')
const server = createServer((request, response) => response.end(JSON.stringify(process.env)))
server.listen(Number(flag('port')), '127.0.0.1', () => {
  line('start')
  console.log(JSON.stringify({ listening: 'http://127.0.0.1:' + flag('port') }))
})
process.once('SIGTERM', () => { line('end'); process.exit(0) })
// A run of the tests that is killed must leave nothing behind.
const parent = process.ppid
setInterval(() => process.ppid !== parent && process.exit(1), 1000).unref()
`

const manifest = (journal: string): string => `
export const manifest = {
  description: 'A gateway for this test.',
  secrets: ['api'],
  furtherPorts: {},
  flags: ({ port, webhookUrl }) => ['--port=' + port, '--name=' + webhookUrl.split('/').slice(-2).join('-'), '--journal=${journal}'],
  settings: ({ url, secrets }) => ({ BANK_URL: url, BANK_SECRET: secrets.api }),
}
`

const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))

describeIf(missing === null, missing ?? '')('the stack', () => {
  const parent = temporaryFolder()
  const free = new Ports()
  let count = 0
  const running: Stack[] = []
  afterAll(() => Promise.all(running.map((stack) => stack.stop())))

  async function options(
    progress: Partial<Progress> = {},
  ): Promise<StackOptions & { readonly journal: string; readonly workerPort: number }> {
    const root = join(parent, `clone-${++count}`)
    const journal = join(root, 'journal')
    const simulator = join(root, 'adapters', 'gateways', 'bank', 'simulator')
    mkdirSync(simulator, { recursive: true })
    writeFileSync(join(simulator, 'manifest.ts'), manifest(journal))
    writeFileSync(join(root, 'package.json'), '{"type":"module"}')
    for (const file of [join(simulator, 'main.ts'), join(root, 'server.ts')]) writeFileSync(file, SERVER)
    writeFileSync(join(root, 'broken.ts'), `console.error('no such table')\nprocess.exit(1)\n`)
    const [worker, api] = [await free.choose('worker'), await free.choose('api')]
    const [database, temporal] = [await withDatabase(), await withTemporal()]
    return {
      root,
      journal,
      dataDir: join(root, '.goji'),
      fresh: false,
      environment: { PATH: process.env['PATH'], DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address },
      apiPort: 0,
      migrate: () => Promise.resolve(),
      settings: ({ apiPort, secret }) => ({ GOJI_PORT: String(apiPort), GOJI_PEPPER: secret('pepper') }),
      workerPort: worker.port,
      processes: Object.entries({ worker, api }).map(([name, { port }]) => ({
        name,
        main: 'server.ts',
        flags: [`--port=${port}`, `--name=${name}`, `--journal=${journal}`],
        graceMs: 5_000,
      })),
      progress: { note: () => undefined, step: (_title, work) => work({ note: () => undefined, status: () => undefined }), ...progress },
      signal: new AbortController().signal,
    }
  }

  const journalOf = ({ journal }: { journal: string }): string[] => readFileSync(journal, 'utf8').trim().split('\n')
  const lockOf = ({ dataDir }: StackOptions): string => join(dataDir, 'lock.json')

  it('starts everything in order, hands on settings and addresses, and stops in reverse', async () => {
    const chosen = await options()
    const stack = await startStack(chosen)
    running.push(stack)
    const seen = (await (await fetch(`http://127.0.0.1:${chosen.workerPort}`)).json()) as Record<string, string>
    expect(seen).toMatchObject({
      BANK_URL: stack.addresses['bank'],
      GOJI_PEPPER: stack.parts.secret('pepper'),
      TEMPORAL_ADDRESS: chosen.environment['TEMPORAL_ADDRESS'],
    })
    expect(seen['BANK_SECRET']).toMatch(/^[\w-]{43}$/)
    await expect(startStack(chosen)).rejects.toThrow(
      expect.objectContaining({ code: 'already_running', message: expect.stringContaining(stack.parts.apiUrl) }),
    )
    await stack.stop()
    expect(journalOf(chosen)).toEqual(['start gateway-bank', 'start worker', 'start api', 'end api', 'end worker', 'end gateway-bank'])
  })

  it('stops what it had started when a part fails, and says which log to read', async () => {
    const chosen = await options()
    const processes = [...chosen.processes.slice(0, 1), { name: 'api', main: 'broken.ts', graceMs: 5_000 }]
    await expect(startStack({ ...chosen, processes })).rejects.toThrow(/^api ended .*api\.log[^]*no such table/)
    expect(journalOf(chosen)).toEqual(['start gateway-bank', 'start worker', 'end worker', 'end gateway-bank'])
    expect(() => readFileSync(lockOf(chosen))).toThrow('ENOENT')
  })

  it.each([
    ['DATABASE_URL', 'postgres://goji:hidden@127.0.0.1:1/goji', 'database_unreachable'],
    ['TEMPORAL_ADDRESS', '127.0.0.1:1', 'temporal_unreachable'],
  ])('says what to do where nothing answers at the %s that was named', async (name, value, code) => {
    const chosen = await options()
    const start = startStack({ ...chosen, environment: { ...chosen.environment, [name]: value } })
    const refused = expect.objectContaining({ code, message: expect.stringMatching(new RegExp(`^(?!.*hidden).*unset it`)) })
    await expect(start).rejects.toThrow(refused)
    expect(() => readFileSync(lockOf(chosen))).toThrow('ENOENT')
  })

  it('stops what it had started when it is aborted half way', async () => {
    const abort = new AbortController()
    const chosen = await options()
    const migrate = async (): Promise<void> => abort.abort(new Error('Ctrl-C'))
    await expect(startStack({ ...chosen, migrate, signal: abort.signal })).rejects.toThrow('Ctrl-C')
    expect(journalOf(chosen)).toEqual(['start gateway-bank', 'end gateway-bank'])
    expect(() => readFileSync(lockOf(chosen))).toThrow('ENOENT')
  })

  it('tells of a process that ends by itself once everything is up', async () => {
    const chosen = await options()
    const stack = await startStack(chosen)
    running.push(stack)
    const { children } = JSON.parse(readFileSync(lockOf(chosen), 'utf8')) as { children: { name: string; pid: number }[] }
    const worker = children.find(({ name }) => name === 'worker')?.pid ?? 0
    process.kill(worker, 'SIGKILL')
    expect((await stack.died).message).toMatch(/^worker ended unexpectedly \(SIGKILL\)/)
    await stack.stop()
    expect(children.map(({ pid }) => processIdentity(pid))).toEqual(children.map(() => null))
  })
})
