import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startHarness } from './harness.ts'
import { meaningOf } from './statuses.ts'

/** What the contract suite cannot know. YOURS: the provider's tables, wording and limits. */
describe('the statuses', () => {
  it.each([
    ['accepted', 'accepted'],
    ['delivered', 'delivered'],
    ['opened', 'read'],
    ['bounced', 'failed'],
  ])('%s is %s', (word, level) => {
    expect(meaningOf(word).level).toBe(level)
  })

  it.each(['seen', 'constructor', ''])('"%s" is raised', (word) => {
    expect(() => meaningOf(word)).toThrow(expect.objectContaining({ kind: 'technical', code: 'status_unknown' }))
  })
})

describe('a hostile answer', () => {
  let harness: Awaited<ReturnType<typeof startHarness>>
  beforeAll(async () => {
    harness = await startHarness()
  }, 60_000)
  afterAll(() => harness.stop())
  const notice = {
    purpose: 'notice',
    language: 'en',
    institution: 'Council',
    citizenName: 'Jane Public',
    subject: 'Water',
    paragraphs: [],
    facts: [],
    action: { label: 'Open', url: 'https://goji.example/n/1' },
  } as const

  it.each([
    ['another message', { mode: 'patch', patch: { key: 'dlv_other' } }],
    ['a status that is not known', { mode: 'patch', patch: { status: 'teleported' } }],
    ['no end', { mode: 'hugeBody' }],
  ])('with %s leaves a send unproven', async (what, rule) => {
    await harness.fault(rule)
    const send = harness.channel.send(
      { key: `dlv_${what.replaceAll(' ', '_')}`, address: 'citizen-1', notice },
      AbortSignal.timeout(10_000),
    )
    await expect(send).rejects.toMatchObject({ name: 'ProviderError' })
  })
})
