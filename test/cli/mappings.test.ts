import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, it } from '@jest/globals'
import { file, GOOD, mapping, rowOf } from '../api/batch-world.ts'
import { missing, openWorld } from '../api/open-world.ts'
import type { Tenant } from '../api/world.ts'
import { describeIf } from '../support/skip.ts'
import { goji, hear } from './goji.ts'

const folder = mkdtempSync(join(tmpdir(), 'goji-mappings-cli-'))
const written = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describeIf(missing === null, missing ?? '')('goji mappings', () => {
  const world = openWorld()
  const said = hear()
  let city: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
  })
  beforeEach(() => void (world().clock.at += 1_000))
  const run = (...words: readonly string[]): Promise<number> => goji(said, ...words, '--url', world().url, '--key', city.key)

  it('stores a mapping, shows it, loads a file with it, and does away with it', async () => {
    expect(await run('mappings', 'set', 'tax', written('tax.json', JSON.stringify(mapping())))).toBe(0)
    expect(said.stdout).toContain('--mapping-name tax')
    said.stdout = ''
    expect(await run('mappings', 'list')).toBe(0)
    expect(said.stdout).toMatch(/tax +KRW +고지번호, 납부자, 금액 +bill/)
    said.stdout = ''
    expect(await run('mappings', 'get', 'tax', '-o', 'json')).toBe(0)
    const shown = written('shown.json', said.stdout)
    // What it prints is what it takes.
    expect(await run('mappings', 'set', 'again', shown)).toBe(0)
    said.stdout = ''
    expect(await run('batches', 'create', written('a.csv', file(GOOD)), '--mapping-name', 'again', '-o', 'json')).toBe(0)
    expect(JSON.parse(said.stdout)).toMatchObject({ state: 'ready', mappingName: 'again', counts: { received: 1 } })
    expect(await run('batches', 'create', written('b.csv', file(rowOf(7))), '--mapping', shown)).toBe(0)
    expect(await run('mappings', 'delete', 'again')).toBe(0)
    expect(await run('mappings', 'get', 'again')).toBe(3)
    expect(said.stderr).toContain('mapping_not_found')
  })

  it('shows in a dry run what the notices would cost', async () => {
    const path = written('priced.json', JSON.stringify(mapping()))
    said.stdout = ''
    expect(await run('batches', 'create', written('c.csv', file(rowOf(8))), '--mapping', path, '--dry-run')).toBe(0)
    expect(said.stdout).toMatch(/notices +price +bills +cost\nbill 1: app +not known +1 +not known/)
    expect(said.stdout).toMatch(/all on paper +not known/)
  })

  it('ends with 2 for two mappings, for none, and for a file that is none; with 3 for a name that nobody stored', async () => {
    const table = written('d.csv', file(GOOD))
    const path = written('x.json', JSON.stringify(mapping()))
    expect(await run('batches', 'create', table)).toBe(2)
    expect(said.stderr).toContain('mapping_needed')
    expect(await run('batches', 'create', table, '--mapping', path, '--mapping-name', 'tax')).toBe(2)
    expect(await run('mappings', 'set', 'wrong', written('wrong.json', '{"currency":"KRW"}'))).toBe(2)
    expect(said.stderr).toContain('/columns')
    expect(await run('batches', 'create', table, '--mapping-name', 'nowhere')).toBe(3)
    expect(said.stderr).toContain('mapping_unknown')
  })
})
