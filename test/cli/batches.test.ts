import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, it } from '@jest/globals'
import { file, GOOD, mapping, rowOf } from '../api/batch-world.ts'
import { missing, openWorld } from '../api/open-world.ts'
import type { Tenant } from '../api/world.ts'
import { describeIf } from '../support/skip.ts'
import { goji, hear } from './goji.ts'

const folder = mkdtempSync(join(tmpdir(), 'goji-batches-cli-'))
const written = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describeIf(missing === null, missing ?? '')('goji batches', () => {
  const world = openWorld()
  const said = hear()
  const map = written('mapping.json', JSON.stringify(mapping()))
  const bad = file(GOOD, 'B-9,R-9,김하늘,자동차세,12.5,2026.12.31,앱')
  let city: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
  })
  // The newest comes first in a list, by its time.
  beforeEach(() => void (world().clock.at += 1_000))
  const run = (...words: readonly string[]): Promise<number> => goji(said, 'batches', ...words, '--url', world().url, '--key', city.key)
  const batches = async (): Promise<readonly { id: string; state: string }[]> =>
    (await world().get('/v1/batches', { key: city.key })).body.data as never

  it('shows in a dry run what would happen, names row and column of what is wrong, and leaves nothing to be issued', async () => {
    expect(await run('create', written('dry.csv', bad), '--mapping', map, '--dry-run')).toBe(0)
    expect(process.exitCode).toBe(3)
    process.exitCode = 0
    expect(said.stdout).toMatch(/valid rows +1: 1 bills over 128,500 KRW/)
    expect(said.stdout).toContain('row 3, 금액: "12.5" cannot be read.')
    expect(said.stdout).toMatch(/if nobody reacts/)
    expect((await batches())[0]?.state).toBe('cancelled')
  })

  it('uploads, issues, and orders', async () => {
    expect(await run('create', written('good.csv', file(rowOf(1), rowOf(2))), '--mapping', map, '--issue', '-o', 'json')).toBe(0)
    const { id, state } = JSON.parse(said.stdout) as { id: string; state: string }
    expect(state).toBe('issuing')
    for (const [verb, expected] of [
      ['pause', 'paused'],
      ['resume', 'issuing'],
      ['cancel', 'cancelled'],
      ['undo', 'undoing'],
    ] as const) {
      expect(await run(verb, id, '--reason', '확인')).toBe(0)
      expect((await batches())[0]).toMatchObject({ id, state: expected })
    }
    expect(await run('rerun', id, '--reason', 'x')).toBe(3)
    expect(said.stderr).toContain('batch_transition_illegal')
    said.stdout = ''
    expect(await run('rows', id, '--state', 'received')).toBe(0)
    expect(said.stdout).toContain('B-1')
    const out = join(folder, 'results.csv')
    expect(await run('results', id, '-o', out)).toBe(0)
    expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(4)
  })

  it('does not issue a file with refused rows unless they are to be left out', async () => {
    expect(await run('create', written('bad.csv', bad.replaceAll('B-', 'C-')), '--mapping', map, '--issue')).toBe(0)
    expect(process.exitCode).toBe(3)
    process.exitCode = 0
    expect(said.stdout).toContain('1 received, 1 invalid')
    expect(said.stdout).toContain('row 3, 금액')
    expect((await batches())[0]?.state).toBe('ready')
  })

  it('ends with 2 where the mapping or the file cannot be read, and makes no batch', async () => {
    const before = await batches()
    expect(await run('create', 'nowhere.csv', '--mapping', 'nowhere.json')).toBe(2)
    expect(await run('create', written('x.csv', bad), '--mapping', written('wrong.json', '{"currency":"KRW"}'))).toBe(2)
    expect(said.stderr).toContain('/columns')
    expect(await run('create', join(folder, 'nowhere.csv'), '--mapping', map)).toBe(2)
    expect(said.stderr).toContain('bills_file_unreadable')
    expect(await batches()).toEqual(before)
  })
})
