/** The two digits by which Toss Payments knows Korea's banks, and the words by which their customers do. */
const BANKS: Readonly<Record<string, readonly [name: string, ...others: string[]]>> = {
  '02': ['산업은행', 'KDB'],
  '03': ['기업은행', 'IBK'],
  '06': ['국민은행', 'KB'],
  '07': ['수협은행', '수협', 'Sh'],
  '11': ['농협은행', '농협', 'NH'],
  '20': ['우리은행', 'Woori'],
  '23': ['SC제일은행', '제일은행', 'SC'],
  '27': ['씨티은행', 'Citi'],
  '31': ['아이엠뱅크', '대구은행', 'iM'],
  '32': ['부산은행'],
  '34': ['광주은행'],
  '35': ['제주은행'],
  '37': ['전북은행'],
  '39': ['경남은행'],
  '45': ['새마을금고'],
  '48': ['신협'],
  '71': ['우체국'],
  '81': ['하나은행', 'Hana'],
  '88': ['신한은행', 'Shinhan'],
  '89': ['케이뱅크', 'K뱅크'],
  '90': ['카카오뱅크'],
  '92': ['토스뱅크'],
}

const plain = (text: string): string => text.replace(/[\s·()]/g, '').toLowerCase()

/** The bank's own name; the code itself for a bank that is not in the table, as it is only shown. */
export const bankName = (code: string): string => (Object.hasOwn(BANKS, code) ? BANKS[code]?.[0] : undefined) ?? code

/** The code of a bank that a person has named; null where it could be none or several. */
export function bankCode(name: string): string | null {
  const wanted = plain(name)
  const exact = Object.entries(BANKS).filter(([code, names]) => code === wanted || names.some((one) => plain(one) === wanted))
  const found = exact.length > 0 ? exact : Object.entries(BANKS).filter(([, [first]]) => wanted.includes(plain(first)))
  return found.length === 1 ? (found[0]?.[0] ?? null) : null
}
