import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { runCommand } from './command.ts'
import type { TemporalMaking } from './temporal-making.ts'

/** The address that the SDK itself uses. */
const RELEASES = 'https://temporal.download/cli/archive'
/** A machine without internet says so quickly, or this soon. */
const CONNECT_TIMEOUT_MS = 5_000
const DOWNLOAD_TIMEOUT_MS = 300_000

/** Downloads the release for this machine and answers the file. @throws Error when it cannot be had. */
export async function downloadTemporal(folder: string, making: TemporalMaking): Promise<string> {
  const { version, releases = RELEASES, environment, signal, note, status } = making
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const connecting = new AbortController()
  const patience = setTimeout(
    () => connecting.abort(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1000} seconds`)),
    CONNECT_TIMEOUT_MS,
  )
  const response = await fetch(`${releases}/v${version}?platform=${process.platform}&arch=${arch}`, {
    signal: AbortSignal.any([signal, connecting.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]),
  }).finally(() => clearTimeout(patience))
  if (!response.ok || response.body === null) throw new Error(`the download answered ${response.status}`)
  note(`Downloading Temporal's development server ${version}, once.`)
  const archive = join(folder, 'temporal.tar.gz')
  const counted = counting(Number(response.headers.get('content-length')), status)
  await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(archive))
  await runCommand({ command: 'tar', args: ['-xzf', archive, '-C', folder, 'temporal'], environment, folder, timeoutMs: 60_000 }, signal)
  return join(folder, 'temporal')
}

/** Lets everything through and says how much it was. `total` is 0 where the sender does not say it. */
function counting(total: number, status: TemporalMaking['status']): Transform {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      status?.(total > 0 ? `${megabytes(bytes)} of ${megabytes(total)}` : megabytes(bytes))
      done(null, chunk)
    },
  })
}
