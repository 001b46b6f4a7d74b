import { settlementReaders } from '../../composition/settlement-readers.ts'
import { GojiError, invalid } from '../../domain/errors.ts'
import type { SettlementFile } from '../../domain/ports/gateway.ts'
import { readCamt } from '../../formats/camt/read-camt.ts'
import { camtTotals, settlementTotals, type Totals } from '../../formats/totals.ts'
import { peek } from './kind-of-file.ts'

/** A gateway's file is read whole. */
const SETTLEMENT_BYTES_MAX = 50 * 1024 * 1024

/**
 * What a file of a bank or a gateway comes to. Nothing is sent and nothing is booked.
 * @throws GojiError `statement_malformed`, `statement_unbalanced`, `gateway_unknown`.
 */
export async function inspect(source: AsyncIterable<Buffer>, gateway: string | undefined): Promise<Totals> {
  const { isXml, chunks } = await peek(source)
  if (isXml && gateway === undefined) return camtTotals(readCamt(chunks))
  return settlementTotals(await readSettlement(await textOf(chunks), gateway))
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > SETTLEMENT_BYTES_MAX) throw invalid('statement_malformed', 'The file is no XML and over 50 MB: it is no settlement file.')
    kept.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(kept))
  } catch {
    throw invalid('statement_malformed', 'The file is neither XML nor UTF-8 text. Hand in the file as the bank or the gateway made it.')
  }
}

/** By the gateway that was named, else by the one that can read it. */
async function readSettlement(text: string, gateway: string | undefined): Promise<SettlementFile> {
  const readers = await settlementReaders()
  if (gateway !== undefined) {
    const reader = readers.get(gateway)
    if (reader === undefined)
      throw invalid(
        'gateway_unknown',
        `There is no gateway "${gateway}" whose files can be read here. There are: ${[...readers.keys()].join(', ')}.`,
      )
    return reader(text)
  }
  const refusals: string[] = []
  for (const [name, read] of readers) {
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof GojiError)) throw error
      refusals.push(`as a file of "${name}": ${error.message}`)
    }
  }
  throw invalid('statement_malformed', `The file is neither the XML of a bank nor a gateway's settlement file. ${refusals.join(' ')}`)
}
