import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/counterparts.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type ConsoleDemo, seedConsole } from './console-demo.ts'
import { missing, openWorld } from './open-world.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const SLOW = 240_000
const executablePath = findChromium()
const reason = missing ?? (executablePath === null ? 'there is no Chromium on the PATH' : null)

const STRUCTURE = `({
  language: document.documentElement.lang,
  first: document.querySelector('main h1') !== null,
  levels: [...document.querySelectorAll('h1,h2,h3')].filter((heading) => heading.closest('.g-errors') === null).map((heading) => Number(heading.tagName.slice(1))),
  tables: [...document.querySelectorAll('table')].filter((table) => table.caption === null || table.querySelector('th:not([scope])') !== null).length,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`

describeIf(reason === null, reason ?? '')('the console in a real browser', () => {
  const world = openWorld()
  let browser: Browser
  let demo: ConsoleDemo
  let key = ''

  beforeAll(async () => {
    demo = await seedConsole(world())
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] })
    key = await makeKey(demo.city)
  }, SLOW)
  afterAll(() => browser.close())

  const makeKey = async (institutionId: string | null): Promise<string> => {
    const scopes = institutionId === null ? (['operator'] as const) : (['console', 'bills:read', 'bills:write', 'webhooks:write'] as const)
    const input = { institutionId, mode: 'live', scopes, pepper: 'p'.repeat(40) } as const
    return (await transaction(world().root.sql, (tx) => insertApiKey(tx, input, world().clock.at))).key
  }

  const open = async (width: number, language: 'ko' | 'en', signInKey: string): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: true })
    const page = await context.newPage()
    await page.goto(`${world().url}/console/sign-in?lang=${language}`)
    await page.fill('#apiKey', signInKey)
    await page.click('main button[type=submit]')
    return { context, page }
  }

  const paths = (): string[] => [
    '/console',
    '/console/bills',
    '/console/bills?overdue=1&status=overdue',
    '/console/bills?number=nothing',
    `/console/bills/${demo.paid}`,
    `/console/bills/${demo.overdue}`,
    `/console/bills/${demo.overdue}/cancel`,
    `/console/bills/${demo.overdue}/extend`,
    `/console/bills/${demo.overdue}/amend`,
    `/console/bills/${demo.paid}/refund`,
    `/console/bills/${demo.overdue}/refund`,
    '/console/batches',
    '/console/exceptions',
    '/console/exceptions/exc_01hfz3k9q4m7v2x8c5t6w0r3en',
    '/console/objections',
    `/console/objections/${demo.objection}`,
    '/console/returned',
    '/console/refunds',
    '/console/webhooks',
    `/console/webhooks/${demo.endpoint}`,
    '/console/nowhere',
  ]

  it.each([
    [360, 'ko'],
    [360, 'en'],
    [1280, 'ko'],
    [1280, 'en'],
  ] as const)(
    'has no fault at %i pixels in %s',
    async (width, language) => {
      const { context, page } = await open(width, language, key)
      const faults: unknown[] = []
      for (const path of paths()) {
        await page.goto(`${world().url}${path}`)
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze()
        faults.push(...violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html.slice(0, 120))]))
        const {
          language: said,
          first,
          levels,
          tables,
          wide,
        } = await page.evaluate<{
          language: string
          first: boolean
          levels: number[]
          tables: number
          wide: number
        }>(STRUCTURE)
        const jumps = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)
        if (said !== language || !first || jumps.length > 0 || tables > 0 || wide > 0)
          faults.push([path, { said, first, levels, tables, wide }])
      }
      expect(faults).toEqual([])
      await context.close()
    },
    SLOW,
  )

  it(
    'has none in what a form answers, and for the platform',
    async () => {
      const { context, page } = await open(1280, 'en', await makeKey(null))
      const check = async (): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze()
        expect(violations.map(({ id, nodes }) => [page.url(), id, nodes.map(({ html }) => html)])).toEqual([])
      }
      await check()
      await page.goto(`${world().url}/console/bills/${demo.overdue}/write-off`)
      await page.click('main form button[type=submit]')
      expect(await page.title()).toMatch(/^Error: /)
      await check()
      await page.goto(`${world().url}/console/objections/${demo.objection}`)
      await page.click('main form button[type=submit]')
      await check()
      for (const path of [`bills/${demo.overdue}/amend`, `bills/${demo.paid}/refund`, `exceptions/${demo.line}`]) {
        await page.goto(`${world().url}/console/${path}`)
        await check()
        await page.click('main form button[type=submit]')
        expect(await page.title()).toMatch(/^Error: /)
        await check()
        // Each error leads to a field that is there.
        const lost = await page.evaluate<string[]>(
          `[...document.querySelectorAll('.g-errors a')].map((link) => link.getAttribute('href')).filter((href) => document.querySelector(href) === null)`,
        )
        expect(lost).toEqual([])
      }
      await context.close()
    },
    SLOW,
  )

  it(
    'works by keyboard alone and without JavaScript',
    async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: false })
      const page = await context.newPage()
      const tabTo = async (text: string): Promise<void> => {
        for (let presses = 0; presses < 80; presses++) {
          await page.keyboard.press('Tab')
          const found = await page.evaluate<string>(`(() => {
          const element = document.activeElement
          return (element.labels?.[0] ?? element).textContent.replace(/\\s+/g, ' ').trim()
        })()`)
          if (found === text) return
        }
        throw new Error(`nothing is called "${text}"`)
      }
      const press = async (): Promise<void> => {
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
      }
      await page.goto(`${world().url}/console?lang=en`)
      await tabTo('API key')
      await page.keyboard.insertText(key)
      await press()
      await tabTo('Bills')
      await press()
      await tabTo('Bill number')
      await page.keyboard.type('2026-07-000501')
      await press()
      await tabTo('주정차 위반 과태료')
      await press()
      await tabTo('Pause')
      await press()
      await tabTo('Reason')
      await page.keyboard.type('The citizen is in hospital')
      await tabTo('Pause the bill')
      await press()
      expect(await page.textContent('[role=status]')).toBe('The order is recorded.')
      expect(await page.textContent('.g-bill-badges')).toContain('Paused')
      await tabTo('Resume')
      await press()
      await context.close()
    },
    SLOW,
  )
})
