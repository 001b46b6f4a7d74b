import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface TcpProxy {
  /** Host and port to connect to. */
  readonly address: string
  /** Breaks every connection and refuses new ones, until `mend`. */
  cut(): void
  mend(): void
  /** Breaks the connection that is the next to send these words, before they arrive: closed in order, or reset. */
  breakAt(words: string, how: 'closed' | 'reset'): void
  stop(): Promise<void>
}

/** A way to a server that a test can cut: what is behind it is then down for whoever goes this way, and for nobody else. */
export async function openTcpProxy(to: string): Promise<TcpProxy> {
  const [host = '', port = ''] = to.split(':')
  const sockets = new Set<Socket>()
  let isCut = false
  let breaking: { readonly words: string; readonly how: 'closed' | 'reset' } | null = null
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect({ host, port: Number(port) })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    far.pipe(near)
    near.on('data', (bytes) => {
      if (breaking === null || !bytes.includes(breaking.words)) return void far.write(bytes)
      const { how } = breaking
      breaking = null
      if (how === 'reset') near.resetAndDestroy()
      else near.end()
    })
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => void (isCut = false),
    breakAt: (words, how) => void (breaking = { words, how }),
    stop: async () => {
      cut()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
