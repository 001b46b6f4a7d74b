import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openTable, type TableFile } from '../../batches/table-file.ts'
import { downloadFile, uploadFile } from '../../cli/batches/file-transfer.ts'

const HTML = '<html><title>502 Bad Gateway</title></html>'

describe('the file of a batch on its way', () => {
  const folder = mkdtempSync(join(tmpdir(), 'goji-transfer-'))
  const signal = new AbortController().signal
  let server: Server
  let engine: { url: string; key: string }
  let table: TableFile
  let bodies: number[]
  let answers: ((response: ServerResponse) => void)[]
  beforeAll(async () => {
    writeFileSync(join(folder, 'bills.csv'), 'x'.repeat(200_000))
    table = await openTable(join(folder, 'bills.csv'))
    server = createServer((request, response) => {
      let bytes = 0
      request.on('data', (chunk: Buffer) => (bytes += chunk.length))
      request.on('end', () => {
        bodies.push(bytes)
        answers.shift()?.(response)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    engine = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: 'goji_test_x' }
  })
  const expecting = (...said: (readonly [status: number, body: string])[]): void => {
    bodies = []
    answers = said.map(
      ([status, body]) =>
        (response) =>
          void response.writeHead(status).end(body),
    )
  }
  afterEach(() => expect(answers).toEqual([]))
  afterAll(async () => {
    await table.handle.close()
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true })
  })
  const upload = (tell: (sent: number, all: number) => void = () => undefined) =>
    uploadFile(engine, 'bat_1', table, { signal, onBytes: tell })

  it('goes whole again after a failure of the engine, and counts what has gone', async () => {
    expecting([502, HTML], [200, '{"id":"bat_1"}'])
    const told: number[] = []
    expect(await upload((sent, all) => told.push(sent / all))).toEqual({ id: 'bat_1' })
    expect(bodies).toEqual([200_000, 200_000])
    expect(told.filter((share) => share === 1)).toHaveLength(2)
  })

  it('goes again where the answer breaks off', async () => {
    expecting([0, ''], [200, '{"id":"bat_1"}'])
    answers[0] = (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"id":')
      setImmediate(() => response.destroy())
    }
    expect(await upload()).toEqual({ id: 'bat_1' })
  })

  it.each([
    ['a refusal', 409, '{"code":"batch_loaded","detail":"It has a file."}', { status: 409, code: 'batch_loaded' }],
    ['a refusal of something in between', 413, HTML, { status: 413, code: 'http_413' }],
    ['an answer that is not one of an engine', 200, HTML, { name: 'NoAnswer', code: 'answer_malformed' }],
  ])('is not sent again after %s', async (_name, status, body, error) => {
    expecting([status, body])
    await expect(upload()).rejects.toMatchObject(error)
    expect(bodies).toHaveLength(1)
  })

  it('hands on why a file cannot be fetched, and leaves none', async () => {
    expecting([404, '{"code":"batch_not_found","detail":"There is none."}'], [502, HTML])
    const to = join(folder, 'results.csv')
    await expect(downloadFile(engine, '/v1/batches/bat_1/results', to, signal)).rejects.toMatchObject({ code: 'batch_not_found' })
    await expect(downloadFile(engine, '/v1/batches/bat_1/results', to, signal)).rejects.toMatchObject({ code: 'http_502' })
    expect(readdirSync(folder)).toEqual(['bills.csv'])
  })
})
