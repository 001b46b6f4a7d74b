import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { TEMPORAL_CLI_VERSION, temporalBinary } from '../../cli/stack/temporal-binary.ts'
import { temporaryFolder } from './temporary-folder.ts'

const PROGRAM = '#!/bin/sh\necho temporal version test\n'
const NAME = `temporal-${TEMPORAL_CLI_VERSION}`

describe("Temporal's development server", () => {
  const folder = temporaryFolder()
  const servers: Server[] = []
  afterAll(() => servers.forEach((server) => server.close()))

  /** A place for downloads that answers every request with this, or with 404. */
  async function releases(archive?: Buffer): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(archive ? 200 : 404, { connection: 'close' }).end(archive)
    }).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
  }

  /** A search with an empty cache, on a machine with tar and without temporal and Go. */
  function search(name: string, url: string) {
    const [tools, cache] = [join(folder, `${name}-tools`), join(folder, `${name}-cache`)]
    mkdirSync(tools)
    for (const tool of ['tar', 'gzip', 'sh']) {
      const path = spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim()
      writeFileSync(join(tools, tool), `#!/bin/sh\nPATH=/usr/bin:/bin exec ${path} "$@"\n`, { mode: 0o755 })
    }
    const options = {
      environment: { PATH: tools, XDG_CACHE_HOME: cache },
      ownFolder: join(folder, `${name}-own`),
      signal: new AbortController().signal,
      note: () => undefined,
      releases: url,
    }
    return { options, bin: join(cache, 'goji', 'bin') }
  }

  function archiveOf(program: string): Buffer {
    const contents = join(folder, `contents-${program.length}`)
    mkdirSync(contents, { recursive: true })
    writeFileSync(join(contents, 'temporal'), program, { mode: 0o755 })
    return spawnSync('tar', ['-czf', '-', '-C', contents, 'temporal']).stdout
  }

  it('is downloaded once and then taken from the cache', async () => {
    const { url, asked } = await releases(archiveOf(PROGRAM))
    const { options, bin } = search('download', url)
    expect(await temporalBinary(options)).toBe(join(bin, NAME))
    expect(await temporalBinary(options)).toBe(join(bin, NAME))
    expect(asked).toEqual([expect.stringMatching(new RegExp(`^/v${TEMPORAL_CLI_VERSION}\\?platform=${process.platform}&arch=`))])
    expect(readFileSync(join(bin, NAME), 'utf8')).toBe(PROGRAM)
    expect(readdirSync(bin)).toEqual([NAME])
  })

  it('is taken from the PATH before anything else', async () => {
    const { url, asked } = await releases()
    const { options } = search('path', url)
    const file = join(options.environment.PATH, 'temporal')
    writeFileSync(file, PROGRAM, { mode: 0o755 })
    expect(await temporalBinary(options)).toBe(file)
    expect(asked).toEqual([])
  })

  it('is not taken from a download that does not run here, which leaves nothing behind', async () => {
    const { url } = await releases(archiveOf('#!/bin/sh\nexit 126\n'))
    const { options, bin } = search('broken', url)
    await expect(temporalBinary(options)).rejects.toThrow(
      expect.objectContaining({ code: 'temporal_missing', message: expect.stringContaining('does not run on this machine') }),
    )
    expect(readdirSync(bin)).toEqual([])
  })

  it('is built with Go, which says how far it is', async () => {
    const { options, bin } = search('go', (await releases()).url)
    const go = `#!/bin/sh
      [ $1 = version ] && exit
      for module in a b; do echo "go: downloading example.org/$module v1"; done
      for package in c d e; do echo "example.org/$package"; done
      printf '%s' '${PROGRAM}' > $GOBIN/temporal; /bin/chmod +x $GOBIN/temporal`
    writeFileSync(join(options.environment.PATH, 'go'), go, { mode: 0o755 })
    const said: string[] = []
    expect(await temporalBinary({ ...options, status: (text) => said.push(text) })).toBe(join(bin, NAME))
    expect(said).toEqual(expect.arrayContaining(['2 modules downloaded', expect.stringMatching(/^3 of about [\d,]+ packages compiled$/)]))
    expect(readdirSync(bin)).toEqual([NAME])
  })

  it('takes away what a killed start left half done, and nothing of one that still runs', async () => {
    const { options, bin } = search('abandoned', (await releases(archiveOf(PROGRAM))).url)
    const ended = spawnSync('true').pid
    for (const pid of [ended, process.pid]) mkdirSync(join(bin, `${NAME}.new-${pid}-abc`), { recursive: true })
    await temporalBinary(options)
    expect(readdirSync(bin).sort()).toEqual([NAME, `${NAME}.new-${process.pid}-abc`])
  })

  it('is said to be missing with all that was tried', async () => {
    const { options } = search('nothing', (await releases()).url)
    await expect(temporalBinary(options)).rejects.toThrow(
      /download: the download answered 404\n {2}build: there is no go on the PATH\nInstall.*TEMPORAL_ADDRESS/,
    )
  })

  it('is kept in the data folder for a user without a home', async () => {
    const { options } = search('homeless', (await releases(archiveOf(PROGRAM))).url)
    const environment = { ...options.environment, XDG_CACHE_HOME: '/dev/null' }
    mkdirSync(options.ownFolder)
    const file = await temporalBinary({ ...options, environment })
    expect(file).toBe(join(options.ownFolder, NAME))
    expect(existsSync(file)).toBe(true)
  })
})
