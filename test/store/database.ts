import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

const SERVER = 'postgres://postgres@127.0.0.1:55999'

export interface Database {
  readonly url: string
  drop(): Promise<void>
}

/** An empty database of its own. */
export async function createDatabase(): Promise<Database> {
  const name = `store_${randomUUID().slice(0, 8)}`
  const root = postgres(`${SERVER}/postgres`, { max: 1, onnotice: () => undefined })
  await root.unsafe(`create database ${name}`)
  return {
    url: `${SERVER}/${name}`,
    drop: async () => {
      await root.unsafe(`drop database ${name} with (force)`)
      await root.end()
    },
  }
}
