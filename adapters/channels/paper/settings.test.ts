import { describe, expect, it } from '@jest/globals'
import { parseCutOff } from './cut-off.ts'
import { costOf } from './rates.ts'
import { parseSettings } from './settings.ts'

const GOOD = { PAPER_SPOOL_DIR: '/var/spool/letters', PAPER_STATUS_SECRET: Buffer.alloc(32, 7).toString('base64') }

describe('the settings of letters', () => {
  it('are an hour, registered and without a price where nothing is said', () => {
    const { cutOff, postage, rates } = parseSettings(GOOD)
    expect([cutOff(Date.parse('2026-11-24T09:10:00Z')), postage, rates]).toEqual([Date.parse('2026-11-24T10:00:00Z'), 'registered', null])
  })

  it.each([
    ['PAPER_SPOOL_DIR', 'letters'],
    ['PAPER_STATUS_SECRET', 'c2hvcnQ='],
    ['PAPER_CUTOFF', '25:00 Asia/Seoul'],
    ['PAPER_CUTOFF', '18:00 Asia/Nowhere'],
    ['PAPER_CUTOFF', 'P1D'],
    ['PAPER_CUTOFF', 'PT0S'],
    ['PAPER_POSTAGE', 'pigeon'],
    ['PAPER_SENDER', 'one\ntwo'],
    ['PAPER_RATES', '{'],
    ['PAPER_RATES', '{"currency":"KRW","page":"4.5","ordinary":"430","registered":"2830"}'],
    ['PAPER_RATES', '{"currency":"KRW","page":"-45","ordinary":"430","registered":"2830"}'],
    ['PAPER_RATES', '{"currency":"WON","page":"45","ordinary":"430","registered":"2830"}'],
  ])('refuse %s = %s, naming it', (name, value) => {
    expect(() => parseSettings({ ...GOOD, [name]: value })).toThrow(
      expect.objectContaining({ code: 'setting_invalid', message: expect.stringContaining(name) }),
    )
  })

  it('price a letter by its pages and its postage', () => {
    const { rates } = parseSettings({ ...GOOD, PAPER_RATES: '{"currency":"KRW","page":"45","ordinary":"430","registered":"2830"}' })
    if (rates === null) throw new Error('no rates')
    expect([costOf(rates, 3, 'registered'), costOf(rates, 1, 'ordinary')]).toEqual([
      { minor: 2965n, currency: 'KRW' },
      { minor: 475n, currency: 'KRW' },
    ])
  })

  it('keep a daily cut-off where its zone has it, also when the clocks change', () => {
    const seoul = parseCutOff('18:00 Asia/Seoul')
    expect(seoul?.(Date.parse('2026-11-24T17:59:59.999+09:00'))).toBe(Date.parse('2026-11-24T18:00:00+09:00'))
    expect(seoul?.(Date.parse('2026-11-24T18:00:00+09:00'))).toBe(Date.parse('2026-11-25T18:00:00+09:00'))
    const london = parseCutOff('18:00 Europe/London')
    expect(london?.(Date.parse('2026-03-28T18:00:00Z'))).toBe(Date.parse('2026-03-29T17:00:00Z'))
  })
})
