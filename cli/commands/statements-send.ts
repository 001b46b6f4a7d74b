import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { Goji } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'
import { statementText } from './statements-get.ts'

export const statementsSendCommand = (): Command =>
  withOutput(withEngine(new Command('send')))
    .description("Hand in a gateway's settlement file. The same file again is the same statement.")
    .argument('<file>', 'the file as the gateway made it')
    .option('--gateway <name>', 'the gateway that made it; that of the local stack where nothing is said')
    .addHelpText('after', examples('goji statements send settlement-2026-11-23.csv --gateway NAME'))
    .action(async (file: string, flags: Flags<{ readonly gateway?: string }>) => {
      const engine = needEngine(flags)
      const gateway = flags.gateway ?? engine.gateway
      if (gateway === undefined) throw invalid('gateway_missing', 'Name the gateway that made the file with --gateway.')
      const statement = await new Goji(engine).post('/v1/statements', { body: { gateway, content: await read(file) } })
      if (flags.output === 'json') printJson(statement)
      else print(statementText(statement))
    })

async function read(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw invalid('file_unreadable', `${file} cannot be read (${error.code ?? error.message}). Check the path.`)
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('file_not_text', `${file} is not UTF-8 text. Hand in the file as the gateway made it.`)
  }
}
