import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, type Server, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ports } from '../../cli/stack/ports.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function occupied(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function freed(): Promise<number> {
  const { server, port } = await occupied()
  server.close()
  await once(server, 'close')
  return port
}

describe('choosing ports', () => {
  const folder = temporaryFolder()

  it('takes the usual port when it is free', async () => {
    const usual = await freed()
    expect(await new Ports().choose('api', usual)).toEqual({ port: usual })
  })

  it('takes another one when it is taken, and says instead of which', async () => {
    const { server, port } = await occupied()
    const chosen = await new Ports().choose('api', port)
    expect(chosen.insteadOf).toBe(port)
    expect(chosen.port).not.toBe(port)
    server.close()
  })

  it('gives a port to one name only, also before anybody listens there', async () => {
    const ports = new Ports()
    const usual = await freed()
    expect((await ports.choose('one', usual)).port).toBe(usual)
    expect(await ports.choose('other', usual)).toEqual({ port: expect.any(Number), insteadOf: usual })
  })

  it('gives a name the port that it had the last time, before its usual one', async () => {
    const file = join(folder, 'ports.json')
    const { port } = await new Ports(file).choose('gateway')
    expect(await new Ports(file).choose('gateway', await freed())).toEqual({ port })
  })

  it('goes back to the usual port when the one of the last time is taken', async () => {
    const file = join(folder, 'back.json')
    const { server, port } = await occupied()
    writeFileSync(file, JSON.stringify({ gateway: port }))
    const usual = await freed()
    expect(await new Ports(file).choose('gateway', usual)).toEqual({ port: usual, insteadOf: port })
    server.close()
  })
})
