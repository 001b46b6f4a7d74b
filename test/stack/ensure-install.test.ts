import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from '@jest/globals'
import { processIdentity } from '../../cli/stack/process-identity.ts'
import { eventually } from '../support/eventually.ts'
import { temporaryFolder } from './temporary-folder.ts'

const SCRIPTS = fileURLToPath(new URL('../../scripts/', import.meta.url))
const LOCK = JSON.stringify({ packages: { '': {}, 'node_modules/one': { version: '1.0.0' } } })
/** Says its number, and deafly takes its time where it is told to. */
const NPM = `#!${process.execPath}
const { existsSync, mkdirSync, appendFileSync, copyFileSync } = require('node:fs')
appendFileSync('started', process.pid + '\\n')
const finish = () => {
  mkdirSync('node_modules', { recursive: true })
  copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
}
if (existsSync('fail')) process.exit(7)
if (existsSync('wait')) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {})
  setInterval(() => { if (!existsSync('wait')) { finish(); process.exit(0) } }, 20)
} else finish()
`
/** In place of the real one, whose packages no npm of these tests installs. */
const PATCHES = `import { writeFileSync } from 'node:fs'
export const patchPackages = () => writeFileSync('patched', '')`

describe('installing what is missing', () => {
  const parent = temporaryFolder()
  const started: ChildProcess[] = []
  let count = 0
  afterAll(() => started.forEach((child) => child.kill('SIGKILL')))

  /** A clone with nothing but the scripts, a lock file and an npm of its own. */
  function clone(...flags: readonly string[]): string {
    const folder = join(parent, `clone-${++count}`)
    for (const name of ['scripts', 'tools']) mkdirSync(join(folder, name), { recursive: true })
    for (const name of ['ensure-install.mjs', 'run-npm.mjs']) cpSync(join(SCRIPTS, name), join(folder, 'scripts', name))
    writeFileSync(join(folder, 'scripts', 'patch-packages.mjs'), PATCHES)
    writeFileSync(join(folder, 'package-lock.json'), LOCK)
    writeFileSync(join(folder, 'tools', 'npm'), NPM, { mode: 0o755 })
    for (const flag of flags) writeFileSync(join(folder, flag), '')
    return folder
  }

  function install(folder: string, path = join(folder, 'tools')): { child: ChildProcess; ended: Promise<unknown[]>; errors: () => string } {
    const script = `import { ensureInstalled } from './scripts/ensure-install.mjs'
      await ensureInstalled().catch((error) => { console.error(error.message); process.exit(1) })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, env: { PATH: path } })
    started.push(child)
    let errors = ''
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()))
    return { child, ended: once(child, 'close'), errors: () => errors }
  }

  const npms = (folder: string): number[] =>
    existsSync(join(folder, 'started')) ? readFileSync(join(folder, 'started'), 'utf8').trim().split('\n').map(Number) : []
  const npmOf = (folder: string): Promise<number> => eventually('npm runs', () => Promise.resolve(npms(folder)[0]))

  it('runs npm once, and not again when everything is there', async () => {
    const folder = clone()
    expect(await install(folder).ended).toEqual([0, null])
    expect(await install(folder).ended).toEqual([0, null])
    expect(npms(folder)).toHaveLength(1)
  })

  it('patches what is installed, also where npm has not', async () => {
    const folder = clone()
    await install(folder).ended
    expect(existsSync(join(folder, 'patched'))).toBe(true)
    rmSync(join(folder, 'patched'))
    await install(folder).ended
    expect(existsSync(join(folder, 'patched'))).toBe(true)
  })

  it('kills npm when it is stopped, and installs the next time', async () => {
    const folder = clone('wait')
    const { child, ended } = install(folder)
    const npm = await npmOf(folder)
    await eventually('npm is known', () => Promise.resolve(existsSync(join(folder, '.goji-npm.pid')) || undefined))
    child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    await eventually('npm has ended', () => Promise.resolve(processIdentity(npm) === null || undefined))
    expect(existsSync(join(folder, '.goji-npm.pid'))).toBe(false)
  })

  it('waits for an npm whose start was killed, instead of working against it', async () => {
    const folder = clone('wait')
    const first = install(folder)
    await npmOf(folder)
    await eventually('npm is known', () => Promise.resolve(existsSync(join(folder, '.goji-npm.pid')) || undefined))
    first.child.kill('SIGKILL')
    const second = install(folder)
    await eventually('it says that it waits', () => Promise.resolve(second.errors().includes('waiting for it') || undefined))
    rmSync(join(folder, 'wait'))
    expect(await second.ended).toEqual([0, null])
    expect(npms(folder)).toHaveLength(1)
  })

  it('says what to do when npm fails or is not there', async () => {
    const failing = install(clone('fail'))
    expect(await failing.ended).toEqual([1, null])
    expect(failing.errors()).toMatch(/npm ci failed \(exit code 7\)/)
    const without = install(clone(), '/nowhere')
    expect(await without.ended).toEqual([1, null])
    expect(without.errors()).toMatch(/npm is not on the PATH/)
  })
})
