import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataFolder } from '../../cli/stack/data-folder.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { startPostgres } from '../../cli/stack/postgres.ts'
import type { Child, Children } from '../../cli/stack/process.ts'
import { childrenOf } from './children-of.ts'
import { Node } from './node.ts'

const PATIENCE_MS = 90_000

/** PostgreSQL as a node that may be killed: what it acknowledged has to survive, so nothing about it is made faster. */
export async function startDatabase(options: {
  readonly data: DataFolder
  readonly children: Children
  readonly port: number
  readonly environment: NodeJS.ProcessEnv
}): Promise<{ node: Node; url: string }> {
  const { data, children, port, environment } = options
  const portsFile = data.file('ports.json')
  writeFileSync(portsFile, JSON.stringify({ postgres: port }))
  let url = ''
  const node = new Node({
    name: 'postgres',
    start: async (number): Promise<Child> => {
      // Those of all starts stay, as those of the other parts do: what a fault did to it is asked for later.
      const logs = data.folder('logs')
      if (existsSync(join(logs, 'postgres.log'))) renameSync(join(logs, 'postgres.log'), join(logs, `postgres-${number - 1}.log`))
      const signal = AbortSignal.timeout(PATIENCE_MS)
      // A port that was given out once is not given again, so each start asks anew.
      const running = await startPostgres({ data, children, ports: new Ports(portsFile), environment, signal, note: () => undefined })
      if (!running.url.includes(`:${port}/`)) {
        await running.child.kill()
        throw new Error(`PostgreSQL's port ${port} is not free again yet.`)
      }
      url = running.url
      return running.child
    },
    // It answers when `startPostgres` does.
    ready: () => Promise.resolve(),
    helpers: ({ pid }) => childrenOf(pid),
  })
  await node.begin()
  return { node, url }
}
