import { beforeAll, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'

describeIf(missing === null, missing ?? '')('preferences', () => {
  const world = openWorld()
  let browser: Browser
  let citizenId = ''

  beforeAll(async () => {
    const city = await world().institution('city', { ko: '서울시', en: 'Seoul' })
    const contacts = [
      { channel: 'email', address: 'haneul@example.kr' },
      { channel: 'app', address: 'talk:8f3c0a21' },
      { channel: 'fax', address: '02-123-4567' },
    ]
    citizenId = await world().citizenOf(await world().bill({ citizen: 'chooser', institutionId: city, contacts }))
    browser = world().browser()
    await world().signIn(browser, 'haneul@example.kr')
  })

  const stored = async (): Promise<unknown> =>
    (await world().root.sql`select language, preferred_channels from citizens where id = ${citizenId}`)[0]
  const keyOf = async (): Promise<string> => {
    const { body } = await browser.get('/preferences')
    return fieldOf(body.slice(body.indexOf('<main')), 'key')
  }

  it('needs somebody signed in', async () => {
    expect((await world().browser().get('/preferences')).location).toBe('/sign-in?next=%2Fpreferences')
    expect((await world().browser().post('/preferences', { language: 'en' })).location).toMatch(/^\/sign-in/)
  })

  it('shows registered contacts masked', async () => {
    const { body } = await browser.get('/preferences')
    expect(body).toContain('h***@example.kr')
    expect(body).not.toMatch(/haneul@|8f3c0a|123-4567/)
  })

  it('offers the channels that are registered and there', async () => {
    const { body } = await browser.get('/preferences')
    expect([...body.matchAll(/name="channel"\s+value="([^"]*)"/g)].map(([, channel]) => channel)).toEqual(['', 'inbox', 'app', 'email'])
  })

  it('keeps the language and the first channel, and says in the log that they were chosen', async () => {
    const { location } = await browser.post('/preferences', { key: await keyOf(), language: 'en', channel: 'email' })
    expect(location).toBe('/preferences?saved')
    expect(await stored()).toEqual({ language: 'en', preferred_channels: ['email'] })
    const { body } = await browser.get('/preferences?saved')
    expect(body).toContain('Your preferences are saved.')
    expect(body).toMatch(/value="email"\s+checked/)
    const log = await world().root.sql<
      { action: string; body: string }[]
    >`select action, body from log where subject = ${`citizen:${citizenId}`}`
    expect(log.map(({ action, body: text }) => [action, JSON.parse(text) as unknown])).toEqual([
      ['preferencesChanged', { language: 'en', preferredChannels: ['email'] }],
    ])
  })

  it('keeps the time zone of the night, takes none that there is not, and gives it up again', async () => {
    const zone = async (): Promise<unknown> => (await world().root.sql`select zone from citizens where id = ${citizenId}`)[0]?.['zone']
    const choose = async (chosen: string) =>
      browser.post('/preferences', { key: await keyOf(), language: 'en', channel: 'email', zone: chosen })
    await choose('Europe/Berlin')
    expect(await zone()).toBe('Europe/Berlin')
    expect((await browser.get('/preferences')).body).toMatch(/value="Europe\/Berlin"\s+selected/)
    await choose('Mars/Olympus')
    expect(await zone()).toBe('Europe/Berlin')
    await choose('')
    expect(await zone()).toBeNull()
  })

  it('takes neither a channel that cannot be chosen nor a form that is not ours', async () => {
    for (const channel of ['fax', 'pigeon', '']) {
      await browser.post('/preferences', { key: await keyOf(), language: 'en', channel })
      expect(await stored()).toEqual({ language: 'en', preferred_channels: [] })
    }
    const { status, body } = await browser.post('/preferences', { key: 'x', language: 'ko', channel: 'email' })
    expect(status).toBe(409)
    expect(body).toContain('nothing was saved')
    expect(await stored()).toEqual({ language: 'en', preferred_channels: [] })
  })
})
