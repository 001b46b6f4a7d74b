import { connect } from 'node:net'

/**
 * Sends bytes as they are and answers everything that came back once the server closed the connection, or once
 * `until` stands in it. @throws Error when neither happens within `limit` milliseconds.
 */
export function sendRaw(port: number, bytes: string, options: { until?: RegExp; limit?: number } = {}): Promise<string> {
  const { until, limit = 20_000 } = options
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`the connection stayed open after: ${received}`))
    }, limit)
    const done = (): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(received)
    }
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      received += text
      if (until?.test(received)) done()
    })
    socket.on('close', done)
    socket.on('error', done)
  })
}
