import { expect, it } from '@jest/globals'
import { clientSchema, writtenSchema } from '../../scripts/write-client.ts'

it('client/schema.ts is what the API says; else run `npm run client` and commit it', async () => {
  const isCurrent = writtenSchema() === (await clientSchema())
  expect(isCurrent ? 'current' : 'stale: run `npm run client`').toBe('current')
})
