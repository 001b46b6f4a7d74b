import type { Command, Option } from 'commander'

/** What may follow an option. */
export type Value = { readonly kind: 'none' | 'text' | 'file' } | { readonly kind: 'choice'; readonly choices: readonly string[] }

export interface CompletedOption {
  readonly long: string
  readonly short: string | undefined
  readonly description: string
  readonly value: Value
}

/** A command as a shell completes it: by its words, what may come next. */
export interface CompletedCommand {
  /** Such as `goji bills list`. */
  readonly words: string
  readonly commands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly CompletedOption[]
  /** Whether a word of its own is a file. */
  readonly takesFile: boolean
  /** What a word of its own may be, where only some words may. */
  readonly choices: readonly string[]
}

const FILE = /^(?:file|folder|path|mapping|spool)$/

const namesFile = (name: string): boolean => FILE.test(name.replace(/[<>[\].]/g, ''))

function valueOf(option: Option): Value {
  if (option.argChoices) return { kind: 'choice', choices: option.argChoices }
  if (!option.required && !option.optional) return { kind: 'none' }
  return { kind: namesFile(/<([^>]*)>/.exec(option.flags)?.[1] ?? '') ? 'file' : 'text' }
}

const optionOf = (option: Option): CompletedOption => ({
  long: option.long ?? option.flags,
  short: option.short,
  description: option.description,
  value: valueOf(option),
})

/** Every command under this one, itself first: what the shells' scripts are made of. */
export function completionTree(command: Command, before = ''): CompletedCommand[] {
  const words = `${before}${command.name()}`
  const visible = command.createHelp()
  return [
    {
      words,
      commands: visible.visibleCommands(command).map((one) => ({ name: one.name(), description: one.description() })),
      options: visible.visibleOptions(command).map(optionOf),
      takesFile: command.registeredArguments.some((argument) => namesFile(argument.name())),
      choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
    },
    ...command.commands.flatMap((one) => completionTree(one, `${words} `)),
  ]
}

/** The first sentence: a shell shows one line. */
export const firstSentence = (text: string): string => (/^.*?(?=[.:;](?:\s|$)|$)/s.exec(text)?.[0] ?? text).replace(/\s+/g, ' ')
