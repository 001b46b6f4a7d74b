import { type Command, InvalidArgumentError, Option } from 'commander'
import type { EngineFlags } from './settings.ts'
import type { OutputFormat } from './output.ts'

export interface OutputFlags {
  readonly output: OutputFormat
}

export const withOutput = (command: Command): Command =>
  command.addOption(new Option('-o, --output <format>', 'for people or for programs').choices(['table', 'json']).default('table'))

/** Where the engine is and who asks; without them the one that "npm start" runs here is found by itself. */
export const withEngine = (command: Command): Command =>
  command
    .option('--url <address>', 'address of the engine (or GOJI_URL); the one that "npm start" runs here is found by itself')
    .option('--key <key>', 'API key (better in GOJI_KEY: other users of the machine can read command lines)')

export interface WatchFlags {
  readonly watch?: boolean
  readonly every: number
}

export const withWatch = (command: Command): Command =>
  command
    .option('-w, --watch', 'look again and again: a terminal is drawn over, elsewhere what is new or changed is printed; ends with Ctrl-C')
    .option('--every <seconds>', 'how long --watch waits between two looks', whole(1, 3_600), 2)

export type Flags<More = unknown> = EngineFlags & OutputFlags & More

/** A whole number from `min` to `max`. */
export const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    if (!(number >= min && number <= max)) throw new InvalidArgumentError(`It has to be a whole number from ${min} to ${max}.`)
    return number
  }

/** Examples under a command's help. */
export const examples = (...lines: readonly string[]): string => `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`
