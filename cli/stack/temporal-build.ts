import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { runCommand } from './command.ts'
import type { TemporalMaking } from './temporal-making.ts'

const TIMEOUT_MS = 1_800_000
/** Packages that are compiled where Go has none of them in its cache: `go list -deps ./cmd/temporal | wc -l`. */
const PACKAGES = 1_300

/** Builds the command with Go and answers the file. @throws Error when there is no Go or it fails. */
export async function buildTemporal(folder: string, { version, environment, signal, note, status }: TemporalMaking): Promise<string> {
  if (spawnSync('go', ['version'], { env: environment }).status !== 0) throw new Error('there is no go on the PATH')
  note(`Building Temporal's development server ${version} with Go. This takes 2 to 4 minutes on an idle machine, once.`)
  let [downloaded, compiled] = [0, 0]
  const count = (line: string): void => {
    if (line.startsWith('go: downloading ')) downloaded += 1
    else if (!line.startsWith('go: ')) compiled += 1
    status?.(compiled === 0 ? `${downloaded} modules downloaded` : `${compiled} of about ${PACKAGES} packages compiled`)
  }
  await runCommand(
    {
      command: 'go',
      // -v names every package as it is compiled. It also ends a build whose start was killed, as nobody hears the names.
      args: ['install', '-v', `github.com/temporalio/cli/cmd/temporal@v${version}`],
      // What an interrupted build leaves goes away with the folder.
      environment: { ...environment, GOBIN: folder, GOTMPDIR: folder },
      folder,
      timeoutMs: TIMEOUT_MS,
      onLine: count,
    },
    signal,
  )
  return join(folder, 'temporal')
}
