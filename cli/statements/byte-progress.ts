import cliProgress from 'cli-progress'

/** A file of fewer bytes is done before a bar could be read. */
const WORTH_A_BAR = 4 * 1024 * 1024
const MIB = 1024 * 1024

export interface ByteProgress {
  update(bytes: number): void
  stop(): void
}

/** A bar on a terminal while a large file is read or sent; nothing elsewhere. */
export function byteProgress(size: number | null, what: string, stream: NodeJS.WriteStream = process.stderr): ByteProgress {
  if (size === null || size < WORTH_A_BAR || !stream.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new cliProgress.SingleBar({
    format: `  ${what} |{bar}| {value} of {total} MiB`,
    stream,
    hideCursor: true,
    clearOnComplete: true,
    barsize: 40,
  })
  bar.start(Math.ceil(size / MIB), 0)
  return { update: (bytes) => bar.update(Math.floor(bytes / MIB)), stop: () => bar.stop() }
}
