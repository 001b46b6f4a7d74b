import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

const SCRIPT = fileURLToPath(new URL('../../scripts/audit.mjs', import.meta.url))
const counts = (found: Readonly<Record<string, number>>): object => ({
  info: 0,
  low: 0,
  moderate: 0,
  high: 0,
  critical: 0,
  total: 0,
  ...found,
})
const report = (severity: string): string =>
  JSON.stringify({
    vulnerabilities: { 'some-package': { severity, via: [{ title: 'A hole in it' }] } },
    metadata: { vulnerabilities: counts({ [severity]: 1, total: 1 }) },
  })

describe('the audit of what production installs', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'goji-audit-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** Runs it with an npm that answers this. */
  function audit(answer: string, status: number): { status: number | null; stdout: string } {
    const npm = join(folder, 'npm')
    writeFileSync(npm, `#!/bin/sh\ncat <<'END'\n${answer}\nEND\nexit ${status}\n`)
    chmodSync(npm, 0o755)
    const { status: code, stdout } = spawnSync(process.execPath, [SCRIPT], {
      encoding: 'utf8',
      env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    })
    return { status: code, stdout }
  }

  it.each([
    ['high', 1],
    ['critical', 1],
    ['moderate', 0],
    ['low', 0],
  ])('ends with a hole of severity %s as %i, and names it', (severity, status) => {
    const { status: code, stdout } = audit(report(severity), 1)
    expect([code, stdout]).toEqual([status, expect.stringContaining(`${severity}: some-package: A hole in it`)])
  })

  it.each([
    ['a registry that has no audits', '{"message":"405 Method Not Allowed","error":{"summary":"405"}}'],
    ['no registry at all', '{"error":{"code":"ENOTFOUND","summary":"request failed"}}'],
    ['an npm that says nothing', ''],
  ])('says that nothing was audited, and lets the rest be checked, with %s', (_, answer) => {
    const { status, stdout } = audit(answer, 1)
    expect([status, stdout]).toEqual([0, expect.stringContaining('Not audited: ')])
  })

  it('lists the licences', () => {
    expect(audit(JSON.stringify({ vulnerabilities: {}, metadata: { vulnerabilities: counts({}) } }), 0)).toEqual({
      status: 0,
      stdout: expect.stringMatching(/Known holes: .*high 0.*\nLicences: MIT \d+, /s),
    })
  })
})
