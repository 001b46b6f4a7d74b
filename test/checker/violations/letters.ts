import type { Violation } from './violation.ts'

/** Letters that nobody sent, twice or never. */
export const letters: readonly Violation[] = [
  { what: 'a letter that came twice', letters: (lines) => [...lines, ...lines.slice(0, 1)], rule: 'letters', id: (cast) => cast.delivery },
  {
    what: 'a letter under another message id',
    letters: (lines) => [...lines, { ...lines[0], messageId: '<other@goji.example>' }],
    rule: 'letters',
    id: (cast) => cast.delivery,
  },
  {
    what: 'a letter of no delivery',
    letters: (lines) => [...lines, { ...lines[0], delivery: 'dlv_none' }],
    rule: 'letters',
    id: () => 'dlv_none',
  },
  { what: 'a delivery whose letter never came', letters: (lines) => lines.slice(1), rule: 'letters', id: (cast) => cast.delivery },
]
