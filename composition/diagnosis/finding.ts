export type Health = 'ok' | 'warning' | 'wrong'

/** One thing that was looked at. */
export interface Finding {
  /** Stable name of the check. */
  readonly check: string
  readonly health: Health
  /** What was found, in a sentence. */
  readonly found: string
  /** What to do about it; null where there is nothing to do. */
  readonly remedy: string | null
}

export const ok = (check: string, found: string): Finding => ({ check, health: 'ok', found, remedy: null })
export const warning = (check: string, found: string, remedy: string): Finding => ({ check, health: 'warning', found, remedy })
export const wrong = (check: string, found: string, remedy: string): Finding => ({ check, health: 'wrong', found, remedy })

/** `90 s`, `12 min`, `3 h`, `5 days`. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`
  return `${Math.round(seconds / 86_400)} days`
}
