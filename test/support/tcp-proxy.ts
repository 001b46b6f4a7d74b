import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface TcpProxy {
  /** Host and port to connect to. */
  readonly address: string
  /** Breaks every connection and refuses new ones, until `mend`. */
  cut(): void
  mend(): void
  stop(): Promise<void>
}

/** A way to a server that a test can cut: what is behind it is then down for whoever goes this way, and for nobody else. */
export async function openTcpProxy(to: string): Promise<TcpProxy> {
  const [host = '', port = ''] = to.split(':')
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect({ host, port: Number(port) })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    near.pipe(far).pipe(near)
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
    stop: async () => {
      cut()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
