import type { ReceiptLevel } from '../../../domain/policy.ts'
import { lookUp } from '../../kit/failures.ts'

export type Meaning =
  { readonly level: ReceiptLevel } | { readonly level: 'failed'; readonly kind: 'temporary' | 'permanent' | 'technical' }

const failed = (kind: 'temporary' | 'permanent' | 'technical'): Meaning => ({ level: 'failed', kind })
const TEMPORARY = failed('temporary')
const PERMANENT = failed('permanent')
const TECHNICAL = failed('technical')

/**
 * The status codes that Solapi publishes → ours: 1xxx refused at once, 2xxx with Solapi, 3xxx with the carrier or
 * KakaoTalk, 4xxx ended. Why each failure is of its kind: what the citizen can change is temporary, what only another
 * channel cures is permanent, what we have to put right (numbers, templates, money) is technical.
 */
export const STATUSES: Readonly<Record<string, Meaning>> = {
  // A field is missing, the account, group or image is not known, or a file does not fit.
  '1010': TECHNICAL,
  '1013': TECHNICAL,
  '1020': TECHNICAL,
  '1021': TECHNICAL,
  '1022': TECHNICAL,
  '1023': TECHNICAL,
  '1024': TEMPORARY,
  '1025': TECHNICAL,
  '1026': TECHNICAL,
  // No balance; the citizen refuses messages (080); our sender number is not registered.
  '1030': TECHNICAL,
  '1061': PERMANENT,
  '1062': TECHNICAL,
  '2000': { level: 'accepted' },
  '2100': { level: 'accepted' },
  '2160': TECHNICAL,
  '2230': TECHNICAL,
  '2254': TECHNICAL,
  '3000': { level: 'accepted' },
  // Nobody has this number; time is over; telephone busy, out of reach, switched off or full.
  '3032': PERMANENT,
  '3040': TEMPORARY,
  '3041': TEMPORARY,
  '3042': TEMPORARY,
  '3043': TEMPORARY,
  '3044': TEMPORARY,
  // Suspended, broken, or refusing; our sender number is blocked (3048, 3059); the format is wrong.
  '3045': PERMANENT,
  '3046': PERMANENT,
  '3047': PERMANENT,
  '3048': TECHNICAL,
  '3049': TECHNICAL,
  '3050': PERMANENT,
  '3051': PERMANENT,
  '3052': TEMPORARY,
  '3053': TEMPORARY,
  '3054': TECHNICAL,
  '3055': PERMANENT,
  '3056': TEMPORARY,
  '3057': TEMPORARY,
  '3058': TECHNICAL,
  '3059': TECHNICAL,
  // KakaoTalk: profile, template or variables are wrong (3101, 3105, 3106); no KakaoTalk (3104); the citizen blocks
  // these messages (3107); not at night (3108).
  '3101': TECHNICAL,
  '3104': PERMANENT,
  '3105': TECHNICAL,
  '3106': TECHNICAL,
  '3107': PERMANENT,
  '3108': TEMPORARY,
  '4000': { level: 'delivered' },
}

/** @throws ProviderError technical `status_unknown`: a new code is raised, never guessed. Add it to the table. */
export const meaningOf: (code: string) => Meaning = lookUp(STATUSES, 'status')
