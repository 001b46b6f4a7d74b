import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from '@jest/globals'
import { closeServer } from '../../api/close-server.ts'
import { createHttpServer } from '../../api/server.ts'

it('is not held up by somebody who keeps sending on one connection', async () => {
  const server = createHttpServer((_request, response) => void setTimeout(() => response.end('done'), 20))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  /** How the answer ended, or the code of what went wrong. */
  const ask = async (): Promise<string> => {
    try {
      const [response] = (await once(request({ port, host: '127.0.0.1', agent }).end(), 'response')) as [IncomingMessage]
      response.resume()
      await once(response, 'end')
      return 'answered'
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'failed'
    }
  }

  const sender = (async () => {
    for (;;) {
      const outcome = await ask()
      if (outcome !== 'answered') return outcome
    }
  })()
  // Two of them, so that one is under way on a connection that has been kept.
  await once(server, 'request')
  await once(server, 'request')
  const started = performance.now()
  await closeServer(server, 10_000)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(await sender).toMatch(/^ECONN(REFUSED|RESET)$/)
  agent.destroy()
})
