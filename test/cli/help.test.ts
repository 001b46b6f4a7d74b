import { describe, expect, it } from '@jest/globals'
import type { Command } from 'commander'
import { createProgram } from '../../cli/program.ts'
import { goji, hear } from './goji.ts'

const said = hear()

/** Every command that does something, by its words. */
function leaves(command: Command, words: readonly string[] = []): (readonly [string, Command])[] {
  if (command.commands.length === 0) return [[words.join(' '), command]]
  return command.commands.flatMap((one) => leaves(one, [...words, one.name()]))
}

const all = leaves(createProgram())

describe('every command', () => {
  it.each(all)('%s says what it does, with examples of itself, and explains each option', async (words, command) => {
    expect(await goji(said, ...words.split(' '), '--help')).toBe(0)
    expect(said.stdout).toContain('Examples:\n')
    for (const line of said.stdout.split('\n').filter((one) => one.startsWith('  $ '))) expect(line).toContain(`goji ${words}`)
    expect(command.description()).toMatch(/\.$/)
    for (const option of command.options) expect([option.flags, option.description]).toEqual([option.flags, expect.stringMatching(/\S/)])
    for (const argument of command.registeredArguments) expect(argument.description).toMatch(/\S/)
  })

  it.each(all.filter(([words]) => / (list|get|events)$/.test(words)))(
    '%s answers for people and programs, and can be watched',
    (_, command) => {
      const flags = command.options.map(({ long }) => long)
      expect(flags).toEqual(expect.arrayContaining(['--output', '--watch', '--every', '--url', '--key']))
    },
  )

  it.each(all.filter(([words]) => / (list|events)$/.test(words)))('%s is read as far as --limit says', (_, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--limit')
  })

  it.each(
    createProgram()
      .commands.filter((command) => command.commands.length > 0 && command.name() !== 'help')
      .map((command) => [command.name(), command] as const),
  )('%s has list and get', (_, command) => {
    const verbs = command.commands.map((one) => one.name())
    expect(verbs).toEqual(expect.arrayContaining(['list', 'get']))
  })
})
