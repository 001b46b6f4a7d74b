/**
 * What becomes of messages to a number. Numbers that begin with 010-9000 have a fixed fate: their last four digits are the
 * status code that they end with, at once if it is one of 1xxx or 2xxx. All others arrive.
 */
export function fateOf(number: string): { readonly atOnce: string; readonly final: string } {
  const magic = /^0109000([1-3][0-9]{3})$/.exec(number)?.[1]
  if (magic === undefined) return { atOnce: '2000', final: '4000' }
  return magic.startsWith('3') ? { atOnce: '2000', final: magic } : { atOnce: magic, final: magic }
}
