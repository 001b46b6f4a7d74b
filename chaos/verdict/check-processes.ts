import type { Finding } from '../../test/checker/check.ts'
import type { Node } from '../stack/node.ts'

/** No fault is a reason for one of our own processes to end: a supervisor hides that it did, and whoever waited on it is cut off. */
export const checkProcesses = (nodes: readonly Pick<Node, 'name' | 'collapses'>[]): Finding[] =>
  nodes.flatMap(({ name, collapses }) =>
    collapses.map((how) => ({ rule: 'processes', id: name, sentence: `${name} ended by itself (${how}). Its log says why.` })),
  )
