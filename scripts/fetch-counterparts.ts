import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TEMPORAL_SERVER_VERSION, temporalServer } from '../bench/servers/temporal-server.ts'
import { TOXIPROXY_VERSION, toxiproxyBinary } from '../bench/servers/toxiproxy.ts'
import { runCommand } from '../cli/stack/command.ts'
import { TEMPORAL_CLI_VERSION, temporalBinary } from '../cli/stack/temporal-binary.ts'
import {
  cacheFolder,
  findChromium,
  MAILPIT_VERSION,
  onPath,
  SCHEMATHESIS_VERSION,
  schemathesisFolder,
  TEST_SERVER_VERSION,
  testServerFolder,
} from './counterparts.ts'

/** Gets the programs that the tests run against. What cannot be had is named with the reason; its suites are skipped. */
const counterparts: { name: string; get: () => Promise<void> }[] = [
  { name: `Temporal's development server ${TEMPORAL_CLI_VERSION}`, get: getTemporal },
  { name: `Mailpit ${MAILPIT_VERSION}`, get: getMailpit },
  { name: `Temporal's time-skipping test server ${TEST_SERVER_VERSION}`, get: getTestServer },
  { name: `Temporal's server ${TEMPORAL_SERVER_VERSION}`, get: async () => void temporalServer(process.env) },
  { name: `Toxiproxy ${TOXIPROXY_VERSION}`, get: async () => void toxiproxyBinary(process.env) },
  { name: `Schemathesis ${SCHEMATHESIS_VERSION}`, get: getSchemathesis },
  { name: 'Chromium', get: lookForChromium },
]

const TIMEOUT_MS = 15 * 60_000

async function getTemporal(): Promise<void> {
  await temporalBinary({
    environment: process.env,
    ownFolder: join(cacheFolder, 'bin'),
    signal: interrupted.signal,
    note: (line) => console.log(`  ${line}`),
  })
}

async function getMailpit(): Promise<void> {
  if (onPath('mailpit') !== null) return
  const folder = join(cacheFolder, `mailpit-${MAILPIT_VERSION}`)
  await make(folder, (building) => run('go', ['install', `github.com/axllent/mailpit@${MAILPIT_VERSION}`], building, { GOBIN: building }))
  await mkdir(join(cacheFolder, 'bin'), { recursive: true })
  const link = join(cacheFolder, 'bin', `mailpit.${process.pid}`)
  await symlink(join(folder, 'mailpit'), link)
  await rename(link, join(cacheFolder, 'bin', 'mailpit'))
}

async function getTestServer(): Promise<void> {
  if (onPath('java') === null) throw new Error('there is no java on the PATH')
  await make(testServerFolder, async (building) => {
    await writeFile(join(building, 'pom.xml'), POM)
    await run('mvn', ['--batch-mode', '--quiet', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], building)
    const launcher = join(building, 'temporal-test-server')
    await writeFile(launcher, '#!/bin/sh\nexec java -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"\n')
    await chmod(launcher, 0o755)
  })
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>goji</groupId>
  <artifactId>temporal-test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${TEST_SERVER_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`

async function getSchemathesis(): Promise<void> {
  await make(schemathesisFolder, async (building) => {
    await run('python3', ['-m', 'venv', '.'], building)
    // The interpreter is called by its path: the scripts beside it name the folder in which it was built.
    const python = join(building, 'bin', 'python')
    const index = ['--quiet', '--disable-pip-version-check', '--no-input']
    await run(python, ['-m', 'pip', 'install', ...index, `schemathesis==${SCHEMATHESIS_VERSION}`], building)
  })
}

function lookForChromium(): Promise<void> {
  return findChromium() === null
    ? Promise.reject(new Error('there is no chromium on the PATH; install it with your system’s packages'))
    : Promise.resolve()
}

/** Fills a folder aside and puts it in place whole, so that an interrupted build or a second one beside it does no harm. */
async function make(folder: string, fill: (building: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return
  const building = `${folder}.building-${process.pid}`
  await mkdir(building, { recursive: true })
  try {
    await fill(building)
    await rename(building, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

async function run(
  command: string,
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (!existsSync(command) && onPath(command) === null) throw new Error(`there is no ${command} on the PATH`)
  await runCommand({ command, args, folder, environment: { ...process.env, ...environment }, timeoutMs: TIMEOUT_MS }, interrupted.signal)
}

const interrupted = new AbortController()
process.once('SIGINT', () => {
  interrupted.abort(new Error('interrupted'))
})

for (const { name, get } of counterparts) {
  if (interrupted.signal.aborted) break
  const start = performance.now()
  const seconds = (): string => `${Math.round((performance.now() - start) / 1000)} s`
  const progress = setInterval(() => console.log(`  ${name}: getting it, ${seconds()} …`), 10_000)
  try {
    await get()
    console.log(`  ${name}: ready (${seconds()})`)
  } catch (error) {
    console.log(`  ${name}: MISSING, ${(error as Error).message}`)
  } finally {
    clearInterval(progress)
  }
}
