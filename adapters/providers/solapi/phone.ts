/**
 * A Korean mobile number as the provider wants it, digits only with the leading zero: `010-1234-5678`, `+82 10 1234 5678`
 * and `01012345678` are the same. Null for anything else: a landline or a foreign number gets no message of ours.
 */
export function mobileNumber(address: string): string | null {
  if (!/^\+?[0-9 ()-]{8,24}$/.test(address)) return null
  const digits = address.replace(/[^0-9+]/g, '')
  const national = digits.replace(/^(?:\+82|0082|82(?=0?1))0?/, '0')
  return /^01(?:0[0-9]{8}|[16789][0-9]{7,8})$/.test(national) ? national : null
}
