/** An element that was read whole: small, because what is long is read piece by piece. */
export interface Node {
  readonly name: string
  readonly line: number
  /** The attribute `Ccy` of an amount. */
  readonly currency: string | undefined
  text: string
  readonly children: Node[]
}

/** The first element at a path under a node, such as `Tp/CdOrPrtry/Cd`. */
export function find(node: Node | undefined, path: string): Node | undefined {
  let at = node
  for (const name of path.split('/')) at = at?.children.find((child) => child.name === name)
  return at
}

/** Every element at a path, where each step may occur several times. */
export const findAll = (node: Node | undefined, path: string): Node[] =>
  path
    .split('/')
    .reduce<Node[]>((nodes, name) => nodes.flatMap(({ children }) => children.filter((child) => child.name === name)), node ? [node] : [])

/** The words of an element with single spaces between them; undefined where it is missing or empty. */
export function words(node: Node | undefined): string | undefined {
  const text = node?.text.replace(/\s+/g, ' ').trim()
  return text === '' ? undefined : text
}

export const wordsAt = (node: Node | undefined, path: string): string | undefined => words(find(node, path))

/** The words of the first of several paths that has any. */
export function wordsOf(node: Node | undefined, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const found = wordsAt(node, path)
    if (found !== undefined) return found
  }
  return undefined
}

export const wordsOfAll = (node: Node | undefined, path: string): string[] =>
  findAll(node, path).flatMap((one) => {
    const text = words(one)
    return text === undefined ? [] : [text]
  })
