import { beforeAll, describe, expect, it } from '@jest/globals'
import { noticeLink } from '../../composition/links.ts'
import { insertBatch } from '../../store/batches/insert-batch.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { makeEndpoint } from '../webhooks-out/endpoint.ts'
import { type Answer, type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW, POLICY } from './world.ts'

const NOBODY = '0'.repeat(26)
const MARK = 'only-the-other-may-see-this'

/** What a page says, without what differs from one page to the next by chance, and without the id that was asked for. */
const saidOf = ({ status, body, location }: Answer, id: string): object => ({
  status,
  location: location?.replaceAll(id, 'ID'),
  body: body
    .replaceAll(id, 'ID')
    .replaceAll(/req_[0-9a-f]{24}/g, 'REQUEST')
    .replaceAll(/value="[^"]{40,}"/g, 'KEY'),
})

describeIf(missing === null, missing ?? '')('the pages and what is somebody else’s', () => {
  const world = openWorld()
  let town = ''
  let other = ''
  let mine: Record<string, string> = {}
  let theirs: Record<string, string> = {}

  beforeAll(async () => {
    const policy = { ...POLICY, objection: { within: 'P90D' }, extension: { byCitizen: { days: 14, times: 1 } } } as const
    town = await world().institution('town', { ko: '우리시', en: 'Town' }, { policy })
    other = await world().institution('other', { ko: MARK, en: MARK }, { policy })
    mine = await things(town, 'me', 'mine')
    theirs = await things(other, 'them', MARK)
  })

  async function things(institutionId: string, citizen: string, title: string): Promise<Record<string, string>> {
    const who = { institutionId, citizen, title, contacts: [{ channel: 'email', address: `${citizen}@example.kr` }] }
    const bill = await world().bill(who)
    const objected = await world().bill(who)
    const claimed = await world().bill(who)
    const { sql } = world().root
    const objection = await transaction(sql, (tx) =>
      fileObjection(tx, { billId: objected, text: title, byCitizen: true, receivedAt: NOW, actor: 'citizen' }, NOW),
    )
    const order = {
      citizenId: await world().citizenOf(claimed),
      billIds: [claimed],
      gateway: 'test',
      language: 'ko',
      returnPath: '/',
      actor: 'citizen',
    } as const
    const { checkoutId } = await transaction(sql, (tx) => beginCheckout(tx, order, NOW))
    const hook = await makeEndpoint(world().root, institutionId, 'https://203.0.114.7/', [], 'live', title)
    const file = { institutionId, mode: 'live', name: title, reading: {}, actor: 'test' } as const
    const batch = await transaction(sql, (tx) => insertBatch(tx, file, NOW))
    return { bill, chk: checkoutId, obj: objection.objectionId, whe: hook.endpointId, bat: batch }
  }

  describe('a citizen who is signed in', () => {
    let browser: Browser
    beforeAll(async () => {
      browser = world().browser()
      await world().signIn(browser, 'me@example.kr')
      await browser.get('/?lang=en')
    })

    it.each([
      ['GET', 'bill', '/bills/ID'],
      ['GET', 'bill', '/bills/ID/objection'],
      ['GET', 'bill', '/bills/ID/refund-account'],
      ['GET', 'bill', '/pay?bill=ID'],
      ['GET', 'chk', '/checkouts/ID'],
      ['GET', 'chk', '/checkouts/ID/return'],
      ['GET', 'chk', '/checkouts/ID/receipt'],
      ['GET', 'chk', '/transfers/ID'],
      ['POST', 'bill', '/bills/ID/objection'],
      ['POST', 'bill', '/bills/ID/objection/withdraw'],
      ['POST', 'bill', '/bills/ID/extension'],
      ['POST', 'bill', '/bills/ID/refund-account'],
      ['POST', 'bill', '/pay'],
      ['POST', 'bill', '/checkouts'],
    ])('is told by %s of a %s at %s what would be said of none', async (method, kind, path) => {
      const key = fieldOf((await browser.get(`/bills/${mine['bill']}/objection`)).body, 'key')
      const fields = { key, text: 'x', dueDate: '2027-01-07', bank: 'B', number: '110-123-456', holder: 'H', total: '12500 KRW' }
      const ask = async (id: string): Promise<object> => {
        const at = path.replace('ID', id)
        return saidOf(await (method === 'GET' ? browser.get(at) : browser.post(at, { ...fields, bill: [id] })), id)
      }
      const foreign = await ask(theirs[kind] ?? '')
      expect(foreign).toEqual(await ask(`${kind}_${NOBODY}`))
      expect(JSON.stringify(foreign)).not.toContain(MARK)
    })

    it('sees nothing of others on any page without an id', async () => {
      for (const path of ['/', '/bills', '/pay', '/preferences', '/sign-in', `/pay?bill=${mine['bill']}&bill=${theirs['bill']}`])
        expect((await browser.get(path)).body).not.toContain(MARK)
    })
  })

  it('opens by a link its own bill, and answers of others as to somebody who has none', async () => {
    const guest = world().browser()
    const link = noticeLink(world().root.config, { billId: mine['bill'] ?? '', deliveryId: 'dlv_x', expiresAt: NOW + DAY })
    await guest.get(new URL(link).pathname)
    for (const path of ['/bills/ID', '/bills/ID/objection', '/pay?bill=ID']) {
      const ask = async (id: string): Promise<object> => saidOf(await guest.get(path.replace('ID', id)), id)
      expect(await ask(theirs['bill'] ?? '')).toEqual(await ask(`bill_${NOBODY}`))
    }
  })

  describe('a clerk of an institution', () => {
    let browser: Browser
    beforeAll(async () => {
      const scopes = ['console', 'bills:read', 'bills:write', 'webhooks:write', 'statements:write'] as const
      const { key } = await transaction(world().root.sql, (tx) =>
        insertApiKey(tx, { institutionId: town, mode: 'live', scopes, pepper: 'p'.repeat(40) }, NOW),
      )
      browser = world().browser()
      await browser.post('/console/sign-in?lang=en', { apiKey: key })
      expect((await browser.get('/console')).status).toBe(200)
    })

    it.each([
      ['GET', 'bill', '/console/bills/ID'],
      ...['pause', 'resume', 'cancel', 'write-off', 'extend'].flatMap((order) => [
        ['GET', 'bill', `/console/bills/ID/${order}`],
        ['POST', 'bill', `/console/bills/ID/${order}`],
      ]),
      ['GET', 'bat', '/console/batches/ID'],
      ['POST', 'bat', '/console/batches/ID'],
      ['GET', 'obj', '/console/objections/ID'],
      ['POST', 'obj', '/console/objections/ID'],
      ['GET', 'whe', '/console/webhooks/ID'],
      ['POST', 'whe', '/console/webhooks/ID'],
    ])('is told by %s of a %s at %s what would be said of none', async (method, kind, path) => {
      const key = fieldOf((await browser.get(`/console/bills/${mine['bill']}/pause`)).body, 'key')
      const fields = { key, reason: 'not mine', sure: '1', dueDate: '2027-01-07', order: 'pause', outcome: 'dismissed', turn: 'disable' }
      const ask = async (id: string): Promise<object> => {
        const at = path.replace('ID', id)
        return saidOf(await (method === 'GET' ? browser.get(at) : browser.post(at, fields)), id)
      }
      const foreign = await ask(theirs[kind] ?? '')
      expect(foreign).toEqual(await ask(`${kind}_${NOBODY}`))
      expect(foreign).toMatchObject({ status: 404 })
    })

    it.each(['', '/bills', '/batches', '/exceptions', '/objections', '/returned', '/refunds', '/webhooks'])(
      'sees nothing of others at /console%s',
      async (path) => {
        const { status, body } = await browser.get(`/console${path}`)
        expect(status).toBe(200)
        expect(body).not.toContain(MARK)
      },
    )
  })
})
