import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { noticeLink } from '../../composition/links.ts'
import { findChromium } from '../../scripts/counterparts.ts'
import { describeIf } from '../support/skip.ts'
import { type Demo, seedDemo } from './demo.ts'
import { missing, openWorld } from './open-world.ts'
import { DAY, NOW } from './world.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const SLOW = 240_000
const executablePath = findChromium()
const reason = missing ?? (executablePath === null ? 'there is no Chromium on the PATH' : null)

// What is looked at inside a page. Texts, because the compiler knows no browser here.
interface Structure {
  language: string
  levels: number[]
  landmarks: number[]
  tables: number
}
const STRUCTURE = `({
  language: document.documentElement.lang,
  levels: [...document.querySelectorAll('h1,h2,h3,h4')].filter((heading) => heading.closest('.g-errors') === null).map((heading) => Number(heading.tagName.slice(1))),
  landmarks: ['header', 'main', 'footer'].map((landmark) => document.querySelectorAll('body > ' + landmark).length),
  tables: [...document.querySelectorAll('table')].filter((table) => table.caption === null || table.querySelector('th:not([scope])') !== null).length,
})`
const TOO_WIDE = `({
  page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  tables: [...document.querySelectorAll('.g-table')].filter((table) => table.scrollWidth > table.clientWidth).length,
})`
interface Focus {
  text: string
  visible: boolean
  shown: boolean
}
const FOCUSED = `(() => {
  const element = document.activeElement
  // A box that is drawn by its label shows the focus there.
  const drawn = element.matches('.krds-form-check input') ? element.nextElementSibling : element
  const style = getComputedStyle(drawn)
  const box = drawn.getBoundingClientRect()
  return {
    text: (element.labels?.[0] ?? element).textContent.replace(/\\s+/g, ' ').trim(),
    visible: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight,
  }
})()`

describeIf(reason === null, reason ?? '')('in a real browser', () => {
  const world = openWorld()
  let browser: Browser
  let demo: Demo
  let gateway: Server
  const foreign: string[] = []

  beforeAll(async () => {
    gateway = await new Promise<Server>((resolve) => {
      const server = createServer((_request, response) =>
        response.setHeader('Content-Type', 'text/html').end('<title>gateway</title>'),
      ).listen(0, '127.0.0.1', () => resolve(server))
    })
    world().engine.gateway = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
    demo = await seedDemo(world())
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
  }, SLOW)
  afterAll(async () => {
    await browser.close()
    gateway.closeAllConnections()
    await new Promise((resolve) => gateway.close(resolve))
  })

  const open = async (options: {
    width: number
    language: 'ko' | 'en'
    script?: boolean
  }): Promise<{ context: BrowserContext; page: Page }> => {
    const { width, language, script = true } = options
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      javaScriptEnabled: script,
      locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    })
    const hosts = [new URL(world().url).host, `127.0.0.1:${(gateway.address() as AddressInfo).port}`]
    context.on('request', (request) => {
      if (!hosts.includes(new URL(request.url()).host)) foreign.push(request.url())
    })
    const page = await context.newPage()
    await page.goto(`${world().url}/?lang=${language}`)
    return { context, page }
  }

  const signIn = async (page: Page): Promise<void> => {
    await world().root.sql`delete from sign_in_codes`
    world().sent.length = 0
    await page.goto(`${world().url}/sign-in`)
    await page.fill('#contact', demo.email)
    await page.click('main button[type=submit]')
    await world().untilSent(demo.email)
    await page.fill('#code', world().codeSentTo(demo.email))
    await page.click('main button[type=submit]')
  }

  // Without frames to merge, axe needs no second page for it, which takes half of the time.
  const axe = (page: Page) => new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze()

  /** Every page in every state that looks different, before and after signing in. */
  const pagesBefore = (): Record<string, (page: Page) => Promise<unknown>> => ({
    home: (page) => page.goto(`${world().url}/`),
    'sign in': (page) => page.goto(`${world().url}/sign-in`),
    'sign in without a contact': (page) => page.click('main button[type=submit]'),
    code: async (page) => {
      await world().root.sql`delete from sign_in_codes`
      await page.fill('#contact', 'nobody@example.kr')
      await page.click('main button[type=submit]')
    },
    'wrong code': async (page) => {
      await page.fill('#code', '123456')
      await page.click('main button[type=submit]')
    },
    'expired link': (page) =>
      page.goto(
        noticeLink(
          { ...world().root.config, GOJI_BASE_URL: world().url },
          { billId: demo.bills.soon, deliveryId: 'dlv_x', expiresAt: NOW - 1 },
        ),
      ),
    'bill by a link': (page) =>
      page.goto(
        noticeLink(
          { ...world().root.config, GOJI_BASE_URL: world().url },
          { billId: demo.bills.soon, deliveryId: 'dlv_x', expiresAt: NOW + DAY },
        ),
      ),
    'nothing here': (page) => page.goto(`${world().url}/nowhere`),
  })
  const pagesAfter = (): Record<string, (page: Page) => Promise<unknown>> => ({
    bills: (page) => page.goto(`${world().url}/bills`),
    'finished bills unfolded': (page) => page.click('.g-details:not(.g-filter) summary'),
    'nothing chosen': (page) => page.goto(`${world().url}/bills?error=chosen`),
    'filtered bills': (page) => page.goto(`${world().url}/bills?state=done`),
    ...Object.fromEntries(
      Object.entries(demo.bills).map(([name, id]) => [`${name} bill`, (page: Page) => page.goto(`${world().url}/bills/${id}`)]),
    ),
    pay: (page) =>
      page.goto(
        `${world().url}/pay?${[demo.bills.overdue, demo.bills.soon, demo.bills.pounds, demo.bills.paid].map((id) => `bill=${id}`).join('&')}`,
      ),
    'nothing to pay': (page) => page.goto(`${world().url}/pay?bill=${demo.bills.paid}`),
    ...Object.fromEntries(
      Object.entries(demo.checkouts).map(([name, id]) => [
        `${name} checkout`,
        (page: Page) => page.goto(`${world().url}/checkouts/${id}/return?refresh=off`),
      ]),
    ),
    receipt: (page) => page.goto(`${world().url}/checkouts/${demo.checkouts.paid}/receipt`),
    'objection form': (page) => page.goto(`${world().url}/bills/${demo.bills.soon}/objection`),
    'objection without words': (page) => page.click('main form button[type=submit]'),
    'what came of a form': (page) => page.goto(`${world().url}/bills/${demo.bills.soon}?said=extended`),
    preferences: (page) => page.goto(`${world().url}/preferences`),
    'preferences saved': async (page) => {
      await page.click(`label[for=language-${(await page.getAttribute('html', 'lang')) ?? ''}]`)
      await page.click('main form button[type=submit]')
    },
  })

  /** Walks through all pages and looks at each. */
  const walk = async (page: Page, look: (name: string) => Promise<void>): Promise<void> => {
    for (const [name, go] of Object.entries(pagesBefore())) {
      await go(page)
      await look(name)
    }
    await signIn(page)
    for (const [name, go] of Object.entries(pagesAfter())) {
      await go(page)
      await look(name)
    }
  }

  it.each([
    ['ko', 360],
    ['ko', 1280],
    ['en', 360],
    ['en', 1280],
  ] as const)(
    'has no violation of WCAG 2.2 AA that axe can find (%s, %i px)',
    async (language, width) => {
      const { context, page } = await open({ width, language })
      await walk(page, async (name) => {
        const { violations } = await axe(page)
        expect({ name, violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]) }).toEqual({
          name,
          violations: [],
        })
        const structure = await page.evaluate<Structure>(STRUCTURE)
        expect({ name, ...structure, levels: structure.levels.filter((level) => level === 1).length }).toEqual({
          name,
          language,
          levels: 1,
          landmarks: [1, 1, 1],
          tables: 0,
        })
        structure.levels.reduce((before, level) => {
          expect({ name, skipped: level - before > 1 }).toEqual({ name, skipped: false })
          return level
        }, 0)
      })
      await context.close()
    },
    SLOW,
  )

  it(
    'needs no sideways scrolling at 200 % zoom, on a phone, and at 400 % zoom',
    async () => {
      const { context, page } = await open({ width: 1280, language: 'en' })
      await walk(page, async (name) => {
        // A window of 1280 px holds 640 px of the page at 200 % zoom, and 320 at 400 %.
        for (const width of [640, 360, 320]) {
          await page.setViewportSize({ width, height: 800 })
          const wide = await page.evaluate<{ page: number; tables: number }>(TOO_WIDE)
          expect({ name, width, ...wide }).toEqual({ name, width, page: 0, tables: 0 })
        }
      })
      await context.close()
    },
    SLOW,
  )

  it(
    'is used by keyboard alone, without any script, from the first page to the gateway',
    async () => {
      const { context, page } = await open({ width: 1280, language: 'en', script: false })
      const focused = (): Promise<Focus> => page.evaluate<Focus>(FOCUSED)
      const tabTo = async (text: string): Promise<void> => {
        for (let stops = 0; stops < 80; stops++) {
          await page.keyboard.press('Tab')
          const at = await focused()
          if (at.text === '') continue
          expect({ ...at }).toEqual({ text: at.text, visible: true, shown: true })
          if (at.text === text) return
        }
        throw new Error(`no Tab leads to "${text}"`)
      }
      const press = async (key: string): Promise<void> => {
        await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
      }
      await page.goto(`${world().url}/?lang=en`)
      await page.keyboard.press('Tab')
      expect((await focused()).text).toBe('Skip to main content')
      await page.keyboard.press('Enter')
      await tabTo('See my bills')
      await press('Enter')
      await world().root.sql`delete from sign_in_codes`
      world().sent.length = 0
      await tabTo('Registered contact')
      await page.keyboard.type(demo.email)
      await press('Enter')
      await world().untilSent(demo.email)
      await tabTo('6-digit code')
      await page.keyboard.type('000000')
      await press('Enter')
      // The summary of what is wrong has the focus, and leads to the field.
      expect((await focused()).text).toContain('There is a problem')
      await tabTo('This is not the right code. You can try 4 more times.')
      await page.keyboard.press('Enter')
      expect((await focused()).text).toBe('6-digit code')
      await page.keyboard.type(world().codeSentTo(demo.email))
      await press('Enter')
      expect(page.url()).toBe(`${world().url}/bills`)
      await tabTo('Choose none')
      await press('Enter')
      await tabTo('Choose 주정차 위반 과태료 from Mapo Police Station, ₩40,000')
      await page.keyboard.press('Space')
      await tabTo('Choose 2026년 2기분 자동차세 from Seoul City Tax Office, ₩286,400')
      await page.keyboard.press('Space')
      await press('Enter')
      expect(await page.textContent('tfoot')).toMatch(/Total\s+2 bills\s+₩326,400/)
      await tabTo('Pay ₩326,400')
      await press('Enter')
      expect(await page.title()).toBe('gateway')
      await context.close()
    },
    SLOW,
  )

  it('prints a receipt without what is only for the screen', async () => {
    const { context, page } = await open({ width: 800, language: 'en' })
    await signIn(page)
    await page.goto(`${world().url}/checkouts/${demo.checkouts.paid}/receipt`)
    await page.emulateMedia({ media: 'print' })
    const seen = await Promise.all(
      ['.g-receipt', '.g-nav', '.g-utility', '.g-footer', '.g-back', '.g-no-print'].map((part) => page.locator(part).isVisible()),
    )
    expect(seen).toEqual([true, false, false, false, false, false])
    await context.close()
  })

  it('loads again by itself while it waits, until it is stopped', async () => {
    const { context, page } = await open({ width: 1280, language: 'en', script: false })
    await signIn(page)
    await page.goto(`${world().url}/checkouts/${demo.checkouts.open}/return`)
    await Promise.all([page.waitForEvent('load'), world().engine.capture(demo.checkouts.open)])
    expect(await page.textContent('h1')).toBe('Your payment is complete')
    await context.close()
  }, 30_000)

  it('asks no other site for anything', () => {
    expect(foreign).toEqual([])
  })
})
