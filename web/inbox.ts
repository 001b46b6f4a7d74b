/** The channel that is these pages themselves: what a citizen opens here was read there. */
export const INBOX = 'inbox'
