import { RequestError } from '../problem.ts'

/** Deeper than any body of ours, and far from what recursion over it could not bear. */
const DEPTH_MAX = 32

/**
 * Looks through JSON text before it is parsed: JSON.parse takes any depth and lets the last of two equal keys win,
 * so two readers of one body could act on different amounts. Text that is not JSON passes and fails in the parser.
 * @throws RequestError `json_too_deep`, `json_key_repeated`.
 */
export function scanJson(text: string): void {
  const levels: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '{' || char === '[') {
      if (levels.length === DEPTH_MAX)
        throw new RequestError(400, 'json_too_deep', `The JSON is nested more than ${DEPTH_MAX} levels deep.`)
      levels.push(char === '{' ? new Set() : null)
    } else if (char === '}' || char === ']') {
      levels.pop()
    } else if (char === '"') {
      const end = endOfString(text, at)
      const keys = levels.at(-1)
      if (keys && isKey(text, end)) addKey(keys, text.slice(at, end))
      at = end - 1
    }
  }
}

/** The index after a string's closing quote. Quotes are leapt to, because a statement may be one string of megabytes. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote === -1 ? text.length : quote + 1
}

function isEscaped(text: string, quote: number): boolean {
  let at = quote
  while (text[at - 1] === '\\') at--
  return (quote - at) % 2 === 1
}

function isKey(text: string, after: number): boolean {
  let at = after
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return text[at] === ':'
}

function addKey(keys: Set<string>, token: string): void {
  const key = token.includes('\\') ? decoded(token) : token.slice(1, -1)
  if (keys.has(key)) throw new RequestError(400, 'json_key_repeated', 'A key comes twice in one object of the JSON. Send each once.')
  keys.add(key)
}

function decoded(token: string): string {
  try {
    return JSON.parse(token) as string
  } catch {
    throw new RequestError(400, 'json_malformed', 'The body is not valid JSON.')
  }
}
