/** The digits of a number that messages may come from: an office's, a mobile, or a short one such as 02-120. Null for others. */
export function mobileOrService(text: string): string | null {
  const digits = text.replace(/[ ()-]/g, '')
  return /^(?:0[0-9]{4,11}|1[0-9]{7})$/.test(digits) ? digits : null
}
