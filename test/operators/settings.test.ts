import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Whoever deploys Goji reads this first. */
describe.each(['api/main.ts', 'workers/main.ts', 'scripts/prepare.ts'])('%s without its settings', (main) => {
  it('names every one that is missing or wrong, by name and not by value, and shows no stack', () => {
    const env = { PATH: process.env['PATH'], GOJI_PEPPER: 'too-short-to-keep', GOJI_GATEWAY: 'sandbox' }
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main], { cwd: ROOT, env, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    const [first, ...lines] = stderr.trim().split('\n')
    expect(first).toBe('The settings are not complete:')
    expect(lines.slice(0, -1).map((line) => line.trim().split(':')[0])).toEqual(['DATABASE_URL', 'GOJI_PEPPER', 'GOJI_LINK_SECRET'])
    expect(lines.at(-1)).toBe('They are explained in docs/settings.md.')
    expect(stderr).not.toContain('too-short-to-keep')
  })
})
