/** Pages that somebody may be sent on to after signing in: ours, by their path, never another site. */
const NEXT = /^\/(bills|pay|checkouts|preferences)([/?][\w/?=&.%-]*)?$/

export const safeNext = (text: unknown): string => (typeof text === 'string' && text.length <= 4_000 && NEXT.test(text) ? text : '/bills')
