import type { World } from './world.ts'
import { DAY, HOUR, NOW, POLICY } from './world.ts'

export interface Demo {
  readonly email: string
  /** Overdue, due soon, under way. */
  readonly bills: Readonly<Record<'overdue' | 'soon' | 'fresh' | 'pounds' | 'notice' | 'paid' | 'cancelled', string>>
  /** Checkouts by how they ended. */
  readonly checkouts: Readonly<Record<'paid' | 'partly' | 'open' | 'cancelled', string>>
}

/** A citizen with bills of six institutions in every state that a page shows. */
export async function seedDemo(world: World): Promise<Demo> {
  const email = 'haneul@example.kr'
  const who = {
    citizen: 'haneul',
    name: '김하늘',
    contacts: [
      { channel: 'email', address: email },
      { channel: 'app', address: 'talk:8f3c0a21' },
    ],
  }
  const city = await world.institution(
    'seoul',
    { ko: '서울특별시 세무과', en: 'Seoul City Tax Office' },
    {
      title: { ko: '지방세', en: 'Local tax' },
      policy: { ...POLICY, extension: { byCitizen: { days: 14, times: 2 } }, objection: { within: 'P90D' } },
    },
  )
  const water = await world.institution(
    'water',
    { ko: '아리수본부', en: 'Seoul Water Works' },
    { title: { ko: '상하수도 요금', en: 'Water bill' } },
  )
  const police = await world.institution(
    'police',
    { ko: '마포경찰서', en: 'Mapo Police Station' },
    { title: { ko: '교통 과태료', en: 'Traffic fine' } },
  )
  const health = await world.institution(
    'health',
    { ko: '국민건강보험 마포지사', en: 'National Health Insurance, Mapo' },
    { policy: { ...POLICY, proofOfService: 'read' }, title: { ko: '건강보험료', en: 'Health insurance' } },
  )
  const library = await world.institution(
    'library',
    { ko: '마포구립도서관', en: 'Mapo Library' },
    { title: { ko: '연체료', en: 'Late fee' } },
  )
  const council = await world.institution(
    'camden',
    { ko: '캠던 구청', en: 'Camden Council' },
    {
      currency: 'GBP',
      zone: 'Europe/London',
      policy: { ...POLICY, calendar: { zone: 'Europe/London' } },
      title: { ko: '주민세', en: 'Council tax' },
    },
  )
  // Each bill is lived up to its own payment, so that its story is in order.
  const bill = (institutionId: string, title: string, minor: bigint, daysAgo: number, more: object = {}): Promise<string> =>
    world.bill({ institutionId, title, minor, issueAt: NOW - daysAgo * DAY, ...who, ...more })
  const at = async <T>(time: number, work: () => Promise<T>): Promise<T> => {
    world.clock.at = time
    const result = await work()
    world.clock.at = NOW
    return result
  }
  const details = [
    { label: '과세 기간', value: '2026년 하반기' },
    { label: '과세 대상', value: '승용차 12가3456' },
  ]
  const bills = {
    overdue: await bill(police, '주정차 위반 과태료', 40_000n, 32, {
      details: [
        { label: '위반 일시', value: '2026년 10월 18일 14:32' },
        { label: '위반 장소', value: '마포구 월드컵북로 21' },
      ],
    }),
    soon: await bill(city, '2026년 2기분 자동차세', 286_400n, 29, { details }),
    fresh: await bill(water, '11월 상하수도 요금', 23_870n, 2 / 24),
    pounds: await bill(council, 'Council tax, third instalment', 1_160n, 4, { currency: 'GBP' }),
    notice: await bill(health, '건강검진 대상자 안내', 0n, 1, { asksMoney: false }),
    paid: await at(NOW - 20 * DAY, () => bill(city, '2026년 재산세 (주택 2기)', 152_300n, 40)),
    cancelled: await bill(library, '도서 연체료', 1_500n, 10),
  }
  await bill(health, '10월 지역가입자 건강보험료', 98_760n, 12)
  await bill(water, '10월 상하수도 요금', 21_940n, 25)
  await bill(city, '주민세 (개인분)', 6_000n, 20)
  await bill(library, '분실 도서 변상금', 18_000n, 6)
  const citizenId = await world.citizenOf(bills.paid)
  const start = async (ids: readonly string[]): Promise<string> => {
    const { startCheckout } = await import('../../composition/start-checkout.ts')
    return (
      await startCheckout(world.root, {
        citizenId,
        billIds: ids,
        gateway: 'test',
        language: 'ko',
        returnPath: '/checkouts/{id}/return',
        actor: 'citizen',
      })
    ).checkoutId
  }
  const paid = await at(NOW - 20 * DAY, () => start([bills.paid]))
  await at(NOW - 20 * DAY + 240_000, () => world.engine.capture(paid))
  world.clock.at = NOW - 2 * HOUR
  const partlyBill = await bill(water, '9월 상하수도 요금', 22_310n, 30)
  const partly = await start([partlyBill, bills.cancelled])
  const { cancelBill } = await import('../../store/commands/drop-charge.ts')
  const { transaction } = await import('../../store/unit/transaction.ts')
  await transaction(world.root.sql, (tx) =>
    cancelBill(tx, { billId: bills.cancelled, reason: '반납 확인', actor: 'key:test' }, world.clock.at),
  )
  await world.engine.capture(partly, 'simplePay')
  const other = await bill(health, '9월 지역가입자 건강보험료', 97_120n, 28)
  const cancelled = await start([other])
  await world.engine.cancelCheckout(cancelled)
  world.clock.at = NOW
  const open = await start([other])
  return { email, bills, checkouts: { paid, partly, open, cancelled } }
}
