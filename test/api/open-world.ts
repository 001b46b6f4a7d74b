import { afterAll, beforeAll } from '@jest/globals'
import { reasonMissing } from '../support/counterpart.ts'
import { type TestDatabase, withDatabase } from '../support/postgres.ts'
import { World, type WorldOptions } from './world.ts'

/** Why these suites cannot run here; null when they can. */
export const missing = await reasonMissing('postgres')

/** The API on a database of its own, started before the suite's tests and stopped after them. */
export function openWorld(options: WorldOptions = {}): () => World {
  let database: TestDatabase | undefined
  let world: World | undefined
  beforeAll(async () => {
    database = await withDatabase()
    world = new World(database.url, options)
    await world.start()
    await world.prepare()
  })
  afterAll(async () => {
    await world?.stop()
    await database?.drop()
  })
  return () => {
    if (!world) throw new Error('the world is there only while its tests run')
    return world
  }
}
