/** What an institution's own key may do, where nothing else is asked for. Statements concern every institution. */
export const INSTITUTION_SCOPES = ['bills:read', 'bills:write', 'checkouts:write', 'reports:read', 'events:read', 'webhooks:write'] as const

/**
 * What a key of an institution may be given. `console` lets people sign in with it, and `refunds:approve` makes it a second
 * person's: a machine's key needs neither.
 */
export const KEY_SCOPES = [...INSTITUTION_SCOPES, 'refunds:approve', 'console'] as const
