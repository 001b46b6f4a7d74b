/** A citizen whose data is in the store and may stand nowhere in a history. */
export const CITIZEN = {
  identifier: '900101-1234567',
  name: '김하늘',
  address: 'haneul.kim@mail.example',
  billNumber: '2026-0042-하늘',
  title: '자동차세 12가3456',
  label: '차량 번호',
  plate: '12가3456',
} as const
