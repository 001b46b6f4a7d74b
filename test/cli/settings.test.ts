import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Engine } from '../../cli/engine.ts'
import { writeEngineFile } from '../../cli/engine-file.ts'
import { findEngine } from '../../cli/settings.ts'
import { Lock, LOCK_FILE } from '../../cli/stack/lock.ts'

const local: Engine = {
  url: 'http://127.0.0.1:3000',
  key: 'goji_test_local',
  gateway: 'one',
  simulators: [{ kind: 'gateway', name: 'one', url: 'http://127.0.0.1:4000', secrets: { api: 's' } }],
  addresses: { goji: 'http://127.0.0.1:3000' },
}
const folder = (): string => mkdtempSync(join(tmpdir(), 'goji-settings-'))
const held = (path: string): Promise<Lock> => Lock.take(join(path, LOCK_FILE), () => undefined)
const withEngine = async (): Promise<string> => {
  const path = folder()
  await held(path)
  writeEngineFile(path, local)
  return path
}

describe('the engine that a command talks to', () => {
  it('is the one that was started here, found by itself', async () => {
    expect(findEngine({}, {}, await withEngine())).toEqual(local)
    expect(findEngine({}, {}, folder())).toBeNull()
  })

  it('is none once it has stopped, whoever answers at its address now', async () => {
    const path = folder()
    const lock = await held(path)
    writeEngineFile(path, local)
    lock.release()
    expect(findEngine({}, {}, path)).toBeNull()
  })

  it('is named by a flag before the environment, and by that before the local one', async () => {
    const env = { GOJI_URL: 'https://bills.example/', GOJI_KEY: 'k1' }
    expect(findEngine({}, env, await withEngine())).toMatchObject({
      url: 'https://bills.example',
      key: 'k1',
      gateway: undefined,
      simulators: [],
    })
    expect(findEngine({ url: 'https://other.example', key: 'k2' }, env, await withEngine())).toMatchObject({
      url: 'https://other.example',
      key: 'k2',
    })
  })

  it("never gets the local one's key at another address", async () => {
    const here = await withEngine()
    expect(() => findEngine({ url: 'https://bills.example' }, {}, here)).toThrow(
      'An API key for https://bills.example is needed: --key, or GOJI_KEY in the environment.',
    )
    expect(findEngine({ url: 'http://127.0.0.1:3000/' }, {}, await withEngine())).toEqual(local)
    expect(findEngine({ key: 'mine' }, {}, await withEngine())).toEqual({ ...local, key: 'mine' })
  })

  it('is kept in a file for its owner alone', async () => {
    expect(statSync(join(await withEngine(), 'goji.json')).mode & 0o777).toBe(0o600)
  })

  it('is not guessed from a file that something else wrote', async () => {
    const path = folder()
    await held(path)
    writeFileSync(join(path, 'goji.json'), '{}')
    expect(() => findEngine({}, {}, path)).toThrow(/goji\.json cannot be read as what "goji up" writes/)
  })
})
