/** PortOne's words for Korea's banks, and those by which their customers know them. */
const BANKS: Readonly<Record<string, readonly [name: string, ...others: string[]]>> = {
  KDB: ['산업은행'],
  IBK: ['기업은행'],
  KOOKMIN: ['국민은행', 'KB'],
  SUHYUP: ['수협은행', '수협'],
  NONGHYUP: ['농협은행', '농협', 'NH'],
  WOORI: ['우리은행'],
  STANDARD_CHARTERED: ['SC제일은행', '제일은행', 'SC'],
  CITI: ['씨티은행'],
  DAEGU: ['아이엠뱅크', '대구은행'],
  BUSAN: ['부산은행'],
  KWANGJU: ['광주은행'],
  JEJU: ['제주은행'],
  JEONBUK: ['전북은행'],
  KYONGNAM: ['경남은행'],
  KFCC: ['새마을금고'],
  SHINHYUP: ['신협'],
  POST: ['우체국'],
  HANA: ['하나은행'],
  SHINHAN: ['신한은행'],
  K_BANK: ['케이뱅크', 'K뱅크'],
  KAKAO: ['카카오뱅크'],
  TOSS: ['토스뱅크'],
}

const plain = (text: string): string => text.replace(/[\s·()]/g, '').toLowerCase()

/** The bank's own name; PortOne's word for one that is not in the table, as it is only shown. */
export const bankName = (word: string): string => (Object.hasOwn(BANKS, word) ? BANKS[word]?.[0] : undefined) ?? word

/** PortOne's word for a bank that a person has named; null where it could be none or several. */
export function bankWord(name: string): string | null {
  const wanted = plain(name)
  const exact = Object.entries(BANKS).filter(([word, names]) => plain(word) === wanted || names.some((one) => plain(one) === wanted))
  const found = exact.length > 0 ? exact : Object.entries(BANKS).filter(([, [first]]) => wanted.includes(plain(first)))
  return found.length === 1 ? (found[0]?.[0] ?? null) : null
}
