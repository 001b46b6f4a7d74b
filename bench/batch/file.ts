import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** How the made-up institution's file is read. */
export const MAPPING = {
  currency: 'KRW',
  language: 'ko',
  encoding: 'utf-8',
  dateFormat: 'YYYY.MM.DD',
  amountFormat: '1,234.50',
  columns: {
    billNumber: '고지번호',
    citizen: '납부자번호',
    citizenName: '성명',
    title: '고지명',
    amount: '납부금액',
    dueDate: '납기',
    details: [
      { label: '차량 번호', column: '차량번호' },
      { label: '과세 기간', column: '과세기간' },
    ],
  },
  defaults: { policy: 'tax' },
} as const

const NAMES = ['김하늘', '이바다', '박구름', '최가람', '정다운']

/** Writes a file of so many bills, the same each time; one person in three has a second bill. */
export async function writeFile(path: string, rows: number, dueDate: string): Promise<void> {
  const out = createWriteStream(path)
  const write = async (line: string): Promise<void> => {
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  await write('고지번호,납부자번호,성명,고지명,납부금액,납기,차량번호,과세기간')
  for (let index = 0; index < rows; index += 1) {
    const amount = (10_000 + ((index * 7_919) % 900_000)).toString().replace(/\B(?=(\d{3})+$)/g, ',')
    const person = index - (index % 4 === 3 ? 1 : 0)
    const plate = `${10 + (index % 90)}가 ${1000 + (index % 9000)}`
    await write(
      `2026-2-${index},P-${person},${NAMES[index % NAMES.length]},2026년 제2기 자동차세,"${amount}",${dueDate},${plate},2026.07.01 ~ 2026.12.31`,
    )
  }
  out.end()
  await once(out, 'close')
}
