import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { checkFile } from '../../cli/run/check-file.ts'
import { keepSettled } from '../../cli/run/keep-settled.ts'
import type { PlayOptions } from '../../cli/run/play.ts'
import { eventually } from '../support/eventually.ts'
import { FAKE_KEY, FakeApi } from './fake-api.ts'
import { GOOD, HEADER, mapping, written } from './files.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
})
afterEach(() => api.close())

async function options(said: string[], signal: AbortSignal): Promise<PlayOptions> {
  const file = written(`${HEADER}\n${GOOD}\n`)
  return {
    file,
    mapping: mapping(),
    census: await checkFile(file, mapping()),
    seed: 1,
    engine: { url: await api.listen(), key: FAKE_KEY, gateway: 'fake', simulators: [], addresses: {} },
    drivers: { gateways: new Map([['fake', { ...api.gateway, settle: async () => ['one', 'two'] }]]), channels: new Map() },
    progress: { update: () => undefined, note: (line) => said.push(line), stop: () => undefined },
    signal,
  }
}

const contents = (): unknown[] => api.sent('POST', /statements/).map(({ body }) => body['content'])

it('hands in every settlement file once, those of earlier starts too', async () => {
  const stop = new AbortController()
  const kept = keepSettled(await options([], stop.signal), 10)
  await eventually('both are handed in', () => Promise.resolve(contents().length >= 2 || undefined))
  stop.abort(new Error('over'))
  await kept
  expect(contents()).toEqual(['text of one', 'text of two'])
})

it('says what was refused, and tries again', async () => {
  const stop = new AbortController()
  const said: string[] = []
  let refusals = 0
  api.intercept = ({ path }) =>
    path === '/v1/statements' && refusals++ === 0 ? { status: 409, body: { code: 'statement_differs', detail: 'Known.' } } : undefined
  const kept = keepSettled(await options(said, stop.signal), 10)
  await eventually('both are handed in', () => Promise.resolve(contents().length >= 3 || undefined))
  stop.abort(new Error('over'))
  await kept
  expect(said).toEqual([expect.stringContaining('Known.')])
  expect(contents()).toEqual(['text of one', 'text of one', 'text of two'])
})
