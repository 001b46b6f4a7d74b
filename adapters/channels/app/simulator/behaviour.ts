import { createHash } from 'node:crypto'

/** What becomes of one attempt to deliver, decided before it starts. Times are milliseconds. */
export interface Fate {
  readonly reach: 'known' | 'unknown' | 'noconsent'
  readonly outcome: 'delivered' | 'temporary-failure' | 'permanent-failure' | 'technical-failure'
  /** Why it failed. */
  readonly code?: string
  /** From acceptance to the outcome; 0 puts the outcome into the answer itself. */
  readonly outcomeAfter: number
  /** From delivery to opening; null if this citizen never opens it. */
  readonly openAfter: number | null
}

/** How one app behaves. Shares are between 0 and 1, spans are milliseconds. */
interface Behaviour {
  /** Shown on the app's page. */
  readonly description: string
  readonly unknown: number
  readonly noConsent: number
  readonly temporary: number
  readonly permanent: number
  readonly outcomeAfter: readonly [number, number]
  readonly opens: number
  readonly openAfter: readonly [number, number]
}

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  pay: {
    description: 'Payment app: delivers at once, and citizens open quickly.',
    unknown: 0,
    noConsent: 0,
    temporary: 0,
    permanent: 0,
    outcomeAfter: [0, 0],
    opens: 1,
    openAfter: [1_000, 5_000],
  },
  card: {
    description: 'Card app: accepts, delivers after a while, and a third of the citizens never open.',
    unknown: 0,
    noConsent: 0,
    temporary: 0,
    permanent: 0,
    outcomeAfter: [2_000, 10_000],
    opens: 0.67,
    openAfter: [5_000, 60_000],
  },
  talk: {
    description: 'Chat app: some citizens are unknown or have not consented, and some deliveries fail, for now or for good.',
    unknown: 0.05,
    noConsent: 0.05,
    temporary: 0.05,
    permanent: 0.05,
    outcomeAfter: [500, 3_000],
    opens: 0.6,
    openAfter: [2_000, 60_000],
  },
}

export const RELAY_NAMES: readonly string[] = Object.keys(BEHAVIOURS)

/** Recipients whose names begin with one of these words have a fixed fate on every relay: `unread-7`, `permanent-2`. */
const MAGIC: Readonly<Record<string, Partial<Fate>>> = {
  unknown: { reach: 'unknown' },
  noconsent: { reach: 'noconsent' },
  temporary: { outcome: 'temporary-failure', code: 'device_unreachable', outcomeAfter: 0 },
  permanent: { outcome: 'permanent-failure', code: 'account_closed', outcomeAfter: 0 },
  technical: { outcome: 'technical-failure', code: 'template_unknown', outcomeAfter: 0 },
  unread: { openAfter: null },
}

export const isRelay = (name: string): boolean => Object.hasOwn(BEHAVIOURS, name)

export const describeRelay = (name: string): string => behaviourOf(name).description

function behaviourOf(name: string): Behaviour {
  const behaviour = isRelay(name) ? BEHAVIOURS[name] : undefined
  if (behaviour === undefined) throw new Error(`There is no relay "${name}". Choose among ${RELAY_NAMES.join(', ')}.`)
  return behaviour
}

/**
 * The fate of an attempt (counted from 1): the same for the same seed, relay and recipient, whatever else happens. A
 * temporary failure befalls the first attempt only.
 */
export function fateOf(seed: number, relay: string, recipient: string, attempt: number): Fate {
  const behaviour = behaviourOf(relay)
  const draw = (what: string): number =>
    createHash('sha256').update(`${seed}/${relay}/${recipient}/${what}`).digest().readUInt32BE(0) / 2 ** 32
  const within = (what: string, [from, to]: readonly [number, number]): number => Math.round(from + draw(what) * (to - from))
  const reach = draw('reach')
  const failure = draw('failure')
  const drawn: Fate = {
    reach: reach < behaviour.unknown ? 'unknown' : reach < behaviour.unknown + behaviour.noConsent ? 'noconsent' : 'known',
    ...(failure < behaviour.temporary
      ? ({ outcome: 'temporary-failure', code: 'device_unreachable' } as const)
      : failure < behaviour.temporary + behaviour.permanent
        ? ({ outcome: 'permanent-failure', code: 'account_closed' } as const)
        : ({ outcome: 'delivered' } as const)),
    outcomeAfter: within('outcome', behaviour.outcomeAfter),
    openAfter: draw('opens') < behaviour.opens ? within('open', behaviour.openAfter) : null,
  }
  const magic = MAGIC[/^([a-z]+)-/.exec(recipient)?.[1] ?? '']
  const fate =
    magic === undefined
      ? drawn
      : { reach: 'known' as const, outcome: 'delivered' as const, outcomeAfter: drawn.outcomeAfter, openAfter: drawn.openAfter, ...magic }
  if (fate.outcome !== 'temporary-failure' || attempt === 1) return fate
  return { reach: fate.reach, outcome: 'delivered', outcomeAfter: fate.outcomeAfter, openAfter: fate.openAfter }
}
