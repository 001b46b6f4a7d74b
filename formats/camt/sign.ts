import { malformed } from './malformed.ts'
import { find, type Node, wordsAt } from './node.ts'
import type { Sign } from './records.ts'

/** Whether the bank adds or takes; undefined where it does not say. @throws GojiError `statement_malformed` for another word. */
export function readSign(node: Node): Sign | undefined {
  const text = wordsAt(node, 'CdtDbtInd')
  if (text === undefined) return undefined
  if (text === 'CRDT') return 'credit'
  if (text === 'DBIT') return 'debit'
  throw malformed(find(node, 'CdtDbtInd')?.line ?? node.line, `"${text.slice(0, 20)}" is neither CRDT nor DBIT`)
}

export const signed = (minor: bigint, sign: Sign): bigint => (sign === 'credit' ? minor : -minor)
