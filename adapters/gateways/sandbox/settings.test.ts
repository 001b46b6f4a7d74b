import { describe, expect, it } from '@jest/globals'
import { GojiError } from '../../../domain/errors.ts'
import { adapter } from './index.ts'
import { manifest } from './simulator/manifest.ts'

const secrets = { api: `-${'s'.repeat(42)}`, webhook: Buffer.alloc(32, 255).toString('base64url') }
const good = manifest.settings({ url: 'http://127.0.0.1:4010', ports: {}, secrets })

describe('the settings', () => {
  it('are the ones that the adapter declares, and those of the simulator are accepted', () => {
    expect(Object.keys(adapter.settings).sort()).toEqual(Object.keys(good).sort())
    expect(adapter.create(good).name).toBe('sandbox')
  })

  it.each([
    ['SANDBOX_URL', undefined],
    ['SANDBOX_URL', ''],
    ['SANDBOX_URL', 'ftp://127.0.0.1'],
    ['SANDBOX_URL', 'http://user:word@127.0.0.1'],
    ['SANDBOX_URL', 'http://127.0.0.1/?a=1'],
    ['SANDBOX_SECRET', undefined],
    ['SANDBOX_SECRET', 'short'],
    ['SANDBOX_SECRET', 'a secret\r\nwith another header'],
    ['SANDBOX_WEBHOOK_SECRET', undefined],
    ['SANDBOX_WEBHOOK_SECRET', 'whsec_dG9vc2hvcnQ='],
    ['SANDBOX_WEBHOOK_SECRET', Buffer.alloc(32).toString('base64')],
  ])('are refused by name where %s is %s, and never by value', (name, value) => {
    expect.assertions(3)
    try {
      adapter.create({ ...good, [name]: value })
    } catch (error) {
      expect(error).toBeInstanceOf(GojiError)
      expect(error).toMatchObject({ code: 'setting_invalid', message: expect.stringContaining(name) })
      expect((error as Error).message).not.toContain(value === undefined || value === '' ? 'undefined' : value)
    }
  })
})
