import { describe, expect, it } from '@jest/globals'
import { DEMOS } from '../../cli/demo/demos.ts'
import { Narrator } from '../../cli/demo/narrator.ts'

describe('the narrator of a demonstration', () => {
  it('tells each line with the seconds since the beginning, and what was promised', () => {
    const lines: string[] = []
    const narrator = new Narrator((line) => lines.push(line))
    narrator.say('A bill is received.')
    narrator.add('It is over 12,500 won.')
    narrator.check('it is paid', true)
    expect(lines).toEqual([
      expect.stringMatching(/^ +0\.\d s {2}A bill is received\.$/),
      `${' '.repeat(10)}It is over 12,500 won.`,
      expect.stringMatching(/^ +0\.\d s {2}✔ it is paid$/),
    ])
    expect(() => narrator.assertKept()).not.toThrow()
  })

  it('fails where a promise did not come true, and names it', () => {
    const narrator = new Narrator(() => undefined)
    narrator.check('it is paid', true)
    narrator.check('it is settled', false)
    expect(() => narrator.assertKept()).toThrow(
      expect.objectContaining({ code: 'demo_failed', message: expect.stringContaining('it is settled') }),
    )
  })
})

it('numbers the demonstrations in their order', () => {
  const numbers = DEMOS.map(({ number }) => number)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
})
