import { Command } from 'commander'
import { Goji, type Schemas } from '../../client/index.ts'
import { invalid } from '../../domain/errors.ts'
import type { Engine } from '../engine.ts'
import { examples, type Flags, withEngine, withOutput } from '../options.ts'
import { print, printJson } from '../output.ts'
import { needEngine } from '../settings.ts'
import { untilStopped } from '../shape/watch.ts'
import { peek } from '../statements/kind-of-file.ts'
import { openFile } from '../files/open-file.ts'
import { sendBankFile } from '../statements/send-bank-file.ts'
import { statementText } from './statements-get.ts'

export const statementsSendCommand = (): Command =>
  withOutput(withEngine(new Command('send')))
    .description("Hand in a gateway's settlement file, or a bank's camt.053 or camt.054. The same file again is the same statement.")
    .argument('<file>', 'the file as the gateway or the bank made it')
    .option('--gateway <name>', "the gateway that made it; that of the local stack where nothing is said. A bank's file needs none")
    .addHelpText('after', examples('goji statements send settlement-2026-11-23.csv --gateway NAME', 'goji statements send camt053.xml'))
    .action(async (path: string, flags: Flags<{ readonly gateway?: string }>) => {
      const engine = needEngine(flags)
      const { isXml, chunks } = await peek((await openFile(path)).chunks)
      const statement =
        isXml && flags.gateway === undefined
          ? await bankFile(engine, path)
          : await gatewayFile(engine, await text(path, chunks), flags.gateway ?? engine.gateway)
      if (flags.output === 'json') printJson(statement)
      else print(statementText(statement))
    })

function bankFile(engine: Engine, path: string): Promise<Schemas['Statement']> {
  if (path === '-') throw invalid('file_unreadable', 'A bank’s file is read twice, once to check it and once to send it. Name a file.')
  return untilStopped((signal) => sendBankFile(engine, path, signal))
}

function gatewayFile(engine: Engine, content: string, gateway: string | undefined): Promise<Schemas['Statement']> {
  if (gateway === undefined) throw invalid('gateway_missing', 'Name the gateway that made the file with --gateway.')
  return new Goji(engine).post('/v1/statements', { body: { gateway, content } })
}

async function text(path: string, chunks: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = []
  for await (const chunk of chunks) kept.push(chunk)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(kept))
  } catch {
    throw invalid('file_not_text', `${path} is not UTF-8 text. Hand in the file as the gateway made it.`)
  }
}
