import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from '@jest/globals'
import { completionTree } from '../../cli/completion/tree.ts'
import { createProgram } from '../../cli/program.ts'
import { BILL_STATUSES } from '../../domain/states/bill.ts'
import { written } from './files.ts'
import { goji, hear } from './goji.ts'

const said = hear()

async function script(shell: string): Promise<string> {
  said.stdout = ''
  expect(await goji(said, 'completion', shell)).toBe(0)
  return written(said.stdout, `goji.${shell}`)
}

/** What bash offers after these words, the last of which is being written. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const file = await script('bash')
  const ask = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _goji; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', ask, 'bash', file, ...words], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '')
}

describe('completion in bash', () => {
  it('offers the nouns, then their verbs', async () => {
    expect(await offered('goji', 'b')).toContain('bills')
    expect(await offered('goji', 'b')).not.toContain('keys')
    expect(await offered('goji', 'bills', '')).toEqual(expect.arrayContaining(['list', 'get', 'events', 'watch', 'forecast']))
  })

  it('offers the options of a command and the values of an option', async () => {
    expect(await offered('goji', 'bills', 'list', '--s')).toEqual(expect.arrayContaining(['--status', '--stage']))
    expect(await offered('goji', 'bills', 'list', '--status', '')).toEqual([...BILL_STATUSES])
    expect(await offered('goji', 'bills', 'list', '--limit', '5', '--status', 'over')).toEqual(['overdue'])
    expect(await offered('goji', 'bills', 'list', '-o', '')).toEqual(['table', 'json'])
    expect(await offered('goji', 'bills', 'list', '--limit', '')).toEqual([])
    expect(await offered('goji', 'completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']))
  })

  it('offers files where a file is meant', async () => {
    const file = written('{}', 'policy.json')
    expect(await offered('goji', 'policies', 'set', 'vehicle-tax', file.slice(0, -4))).toEqual([file])
  })
})

const every = completionTree(createProgram())

it.each(['bash', 'zsh', 'fish'])('the script for %s has every command and every option', async (shell) => {
  await script(shell)
  for (const { words, options } of every) {
    expect(said.stdout).toContain(words)
    for (const { long } of options) expect(said.stdout).toContain(long.replace(/^--/, ''))
  }
})

it.each([
  ['bash', 'bash', ['-n']],
  ['zsh', 'zsh', ['-n']],
  ['fish', 'fish', ['--no-execute']],
])('%s can read its script, where there is such a shell', async (shell, command, flags) => {
  const { error, status, stderr } = spawnSync(command, [...flags, await script(shell)], { encoding: 'utf8' })
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
