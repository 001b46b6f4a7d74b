/** Why a letter came back. */
export const RETURN_REASONS = ['moved', 'unknown', 'refused', 'deceased', 'insufficientAddress'] as const
export type ReturnReason = (typeof RETURN_REASONS)[number]

/** Reasons that speak against the address itself: nothing more is sent there. Who refuses a letter lives where it went. */
export const disprovesAddress = (reason: ReturnReason): boolean => reason !== 'refused'
