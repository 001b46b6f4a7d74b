import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface SmtpProxy {
  readonly port: number
  /** The next message reaches the server, and its answer is lost with the connection. */
  loseNextAnswer(): void
  stop(): Promise<void>
}

/** For tests: stands before an SMTP server and cuts the line at the one moment when nobody can know what happened. */
export async function startSmtpProxy(serverPort: number): Promise<SmtpProxy> {
  let armed = false
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1')
    let tail = ''
    for (const socket of [client, server]) {
      sockets.add(socket)
      // A peer that hangs up is what this is about; each side's end is passed on below.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (chunk) => {
      tail = (tail + chunk.toString('latin1')).slice(-5)
      server.write(chunk)
    })
    server.on('data', (chunk) => {
      if (armed && tail === '\r\n.\r\n') {
        armed = false
        client.destroy()
        server.destroy()
        return
      }
      client.write(chunk)
    })
    client.on('close', () => server.end())
    server.on('close', () => client.end())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    port: (proxy.address() as AddressInfo).port,
    loseNextAnswer() {
      armed = true
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
