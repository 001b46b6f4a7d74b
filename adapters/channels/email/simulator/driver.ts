import type { ChannelDriver, CreateDriver } from '../../../../domain/ports/simulator.ts'

const TIMEOUT_MS = 15_000
/** The letters of one person that are looked through. */
const LETTERS_MAX = 20

interface Letter {
  readonly id: number
  readonly delivery: string | null
}

/** Simulated citizens who read their mail and follow the link in it. */
export const createDriver: CreateDriver<ChannelDriver> = ({ url }) => {
  const followed = new Set<number>()
  const page = (address: string): string => `${url}/?to=${encodeURIComponent(address)}`
  const read = async (path: string): Promise<unknown> => JSON.parse(await text(`${url}${path}`)) as unknown
  /** Letters that Goji did not send as deliveries say nothing to a citizen. */
  const notices = async (address: string): Promise<Letter[]> => {
    const letters = (await read(`/letters.json?to=${encodeURIComponent(address)}`)) as Letter[]
    return letters.filter(({ delivery }) => delivery !== null).slice(0, LETTERS_MAX)
  }
  const linkOf = async ({ id }: Letter): Promise<string | null> => {
    const letter = (await read(`/letters/${id}.json`)) as { readonly text: string | null }
    return /https?:\/\/[^\s<>"]+/.exec(letter.text ?? '')?.[0] ?? null
  }
  return {
    page,
    async links(address) {
      const links = await Promise.all((await notices(address)).map(linkOf))
      return links.filter((link) => link !== null)
    },
    async open(address) {
      const fresh = (await notices(address)).filter(({ id }) => !followed.has(id))
      for (const letter of fresh) {
        followed.add(letter.id)
        const link = await linkOf(letter)
        if (link !== null) await visit(link)
      }
      return fresh.length
    },
    async disturb(how) {
      await text(`${url}/fault`, { 'content-type': 'application/json' }, { method: 'PUT', body: JSON.stringify({ how }) })
    },
    async disturbed() {
      return ((await read('/fault')) as { met: number }).met
    },
  }
}

/** Follows a link as a browser does: the page that it leads to is asked for with the cookies that it set. */
async function visit(link: string): Promise<void> {
  const first = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
  await first.arrayBuffer()
  const location = first.headers.get('location')
  if (location === null) return
  const cookie = first.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  await text(new URL(location, link).href, { cookie })
}

/** An unread answer would keep its connection from being used again. */
async function text(url: string, headers: Readonly<Record<string, string>> = {}, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
  const body = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).origin} answered ${response.status}: ${body.slice(0, 200)}`)
  return body
}
