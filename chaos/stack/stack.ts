import { join } from 'node:path'
import { prepareTemporal, untilServing } from '../../bench/servers/temporal-on-postgres.ts'
import { ROOT } from '../../cli/settings.ts'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { nodeProcess } from '../../cli/stack/own-process.ts'
import { Children } from '../../cli/stack/process.ts'
import { Secrets } from '../../cli/stack/secrets.ts'
import { loadDrivers } from '../../composition/simulators.ts'
import type { ChannelDriver, GatewayDriver } from '../../domain/ports/simulator.ts'
import { migrate } from '../../store/migrate.ts'
import { startDatabase } from './database.ts'
import { freePorts } from './low-ports.ts'
import { Node } from './node.ts'
import { pickProviders, settingsThrough, startProvider } from './simulators.ts'
import { type Link, Toxiproxy } from './toxiproxy.ts'

/** A main file of one of Goji's processes with its flags: the real one, or one that takes a safeguard away. */
export interface Main {
  readonly file: string
  readonly flags?: readonly string[]
}

export interface StackOptions {
  /** Everything is kept in here. */
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  /** The channel whose simulator is the mail server. */
  readonly channel: string
  readonly worker: Main
  readonly api: Main
  readonly sweep: 'on' | 'off'
  /** Prepares the folder in which PostgreSQL is going to lie. */
  readonly prepareDisk: (folder: string) => void
  readonly say: (line: string) => void
}

export interface ChaosStack {
  readonly folder: string
  /** Of the database's administrator, past every proxy. */
  readonly databaseUrl: string
  readonly apiUrls: readonly string[]
  readonly proxy: Toxiproxy
  readonly postgres: Node
  readonly temporal: Node
  readonly workers: readonly Node[]
  readonly apis: readonly Node[]
  readonly gateway: { readonly name: string; readonly driver: GatewayDriver; readonly folder: string }
  readonly mail: { readonly name: string; readonly driver: ChannelDriver; readonly folder: string }
  readonly pepper: string
  /** Lets the next starts of an API use another main file; none: the one of the run. */
  useApi(index: number, main?: Main): void
  stop(): Promise<void>
}

const WORKERS = 2
const APIS = 2
const NODE_START_MS = 120_000

/** Starts everything on ports of its own: what it needs, two workers, two APIs, and a proxy on every link between them. */
export async function startChaosStack(options: StackOptions): Promise<ChaosStack> {
  const data = DataFolder.open(options.folder)
  const children = new Children(data.folder('logs'), () => undefined)
  const nodes: Node[] = []
  const stop = async (): Promise<void> => {
    for (const node of [...nodes].reverse()) await node.stop()
    await children.stopAll(() => undefined)
  }
  try {
    return { ...(await startParts(options, data, children, nodes)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(options: StackOptions, data: DataFolder, children: Children, nodes: Node[]): Promise<Omit<ChaosStack, 'stop'>> {
  const { environment, say } = options
  const secrets = new Secrets(data.file('secrets.json'))
  const first = await freePorts(32)
  const port = {
    postgres: first,
    toxiproxy: first + 1,
    temporal: first + 2,
    api: first + 10,
    gateway: first + 12,
    mail: first + 14,
    links: first + 20,
  }
  const base = { data, children, environment }
  const begun = async (node: Node): Promise<Node> => {
    await node.begin()
    nodes.push(node)
    return node
  }

  say('starting PostgreSQL, Toxiproxy and Temporal')
  options.prepareDisk(data.folder('postgres'))
  const database = await startDatabase({ ...base, port: port.postgres })
  nodes.push(database.node)
  const proxy = await Toxiproxy.start({ children, port: port.toxiproxy, folder: data.folder('toxiproxy'), environment })
  const at = (own: number): string => `127.0.0.1:${own}`
  const upstreams: Record<Link, string> = {
    'worker-gateway': at(port.gateway),
    'gateway-api': at(port.api),
    'api-postgres': at(port.postgres),
    'worker-postgres': at(port.postgres),
    'worker-temporal': at(port.temporal),
    'api-temporal': at(port.temporal),
    'temporal-postgres': at(port.postgres),
    // Of the mail simulator's two ports the second one speaks SMTP.
    'worker-mail': at(port.mail + 1),
  }
  const links = new Map<Link, string>()
  for (const [index, [name, upstream]] of (Object.entries(upstreams) as [Link, string][]).entries())
    links.set(name, await proxy.link(name, port.links + index, upstream))
  const through = (link: Link): string => links.get(link) ?? ''
  const throughUrl = (link: Link): string => {
    const url = new URL(database.url)
    url.host = through(link)
    return url.href
  }

  const { gateway, mail } = await pickProviders(ROOT, options.channel)
  const provider = { ...base, secrets, webhooks: through('gateway-api') }
  const [temporal, runningGateway, runningMail] = await Promise.all([
    startTemporal(),
    startProvider(gateway, { ...provider, firstPort: port.gateway }),
    startProvider(mail, { ...provider, firstPort: port.mail }),
    migrate(database.url),
  ])
  async function startTemporal(): Promise<Node> {
    const { spec, address } = await prepareTemporal({
      databaseUrl: database.url,
      databaseAddress: through('temporal-postgres'),
      folder: data.folder('temporal'),
      environment,
      firstPort: port.temporal,
    })
    return begun(
      new Node({
        name: 'temporal',
        start: (number) => children.start({ ...spec, name: `temporal-${number}` }),
        ready: (child) => untilServing(child, address),
      }),
    )
  }

  const portOf = (link: Link): number => Number(through(link).split(':')[1])
  const adapters = {
    ...settingsThrough(runningGateway, new Map([[port.gateway, portOf('worker-gateway')]])),
    ...settingsThrough(runningMail, new Map([[port.mail + 1, portOf('worker-mail')]])),
  }
  const settings = (postgres: Link, engine: Link): NodeJS.ProcessEnv => ({
    PATH: environment['PATH'],
    ...adapters,
    DATABASE_URL: throughUrl(postgres),
    TEMPORAL_ADDRESS: through(engine),
    GOJI_PEPPER: secrets.get('pepper'),
    GOJI_LINK_SECRET: secrets.get('link'),
    GOJI_BASE_URL: `http://${at(port.api)}`,
    GOJI_GATEWAY: gateway.name,
    GOJI_WEBHOOK_LOOPBACK: 'on',
    GOJI_ANCHOR_FOLDER: data.folder('anchors'),
    GOJI_ANCHOR_SECRET: secrets.get('anchor'),
    GOJI_SWEEP: options.sweep,
    GOJI_LOG_LEVEL: 'warn',
  })
  const own = (name: string, main: () => Main, own: NodeJS.ProcessEnv): Promise<Node> =>
    begun(
      new Node({
        name,
        start: (number) => {
          const { file, flags = [] } = main()
          const process = { main: join(ROOT, file), flags, folder: ROOT, environment: own, graceMs: 30_000 }
          return children.start(nodeProcess({ name: `${name}-${number}`, ...process }))
        },
        ready: (child) => child.listening(NODE_START_MS, AbortSignal.timeout(NODE_START_MS)),
      }),
    )
  say('starting two workers and two APIs')
  const apiMains = Array.from({ length: APIS }, () => options.api)
  const workerSettings = settings('worker-postgres', 'worker-temporal')
  const apiSettings = (index: number): NodeJS.ProcessEnv => ({
    ...settings('api-postgres', 'api-temporal'),
    GOJI_PORT: String(port.api + index),
  })
  const workers: Node[] = []
  const apis: Node[] = []
  for (let index = 0; index < WORKERS; index += 1) workers.push(await own(`worker${index + 1}`, () => options.worker, workerSettings))
  for (let index = 0; index < APIS; index += 1)
    apis.push(await own(`api${index + 1}`, () => apiMains[index] ?? options.api, apiSettings(index)))
  const drivers = await loadDrivers([
    { kind: 'gateway', name: gateway.name, url: runningGateway.url, secrets: runningGateway.secrets },
    { kind: 'channel', name: mail.name, url: runningMail.url, secrets: runningMail.secrets },
  ])
  const gatewayDriver = drivers.gateways.get(gateway.name)
  const mailDriver = drivers.channels.get(mail.name)
  if (gatewayDriver === undefined || mailDriver === undefined) throw new Error('Nobody can play at the simulators.')
  return {
    folder: options.folder,
    databaseUrl: database.url,
    apiUrls: Array.from({ length: APIS }, (_, index) => `http://${at(port.api + index)}`),
    proxy,
    postgres: database.node,
    temporal,
    workers,
    apis,
    gateway: { name: gateway.name, driver: gatewayDriver, folder: runningGateway.dataDir },
    mail: { name: mail.name, driver: mailDriver, folder: runningMail.dataDir },
    pepper: secrets.get('pepper'),
    useApi: (index, main) => void (apiMains[index] = main ?? options.api),
  }
}
