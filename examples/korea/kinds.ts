/** What the invented institutions send. Amounts are ranges of whole steps in won; null for a notice that asks for no money. */
export interface BillKind {
  readonly key: string
  readonly institution: { readonly key: string; readonly value: string; readonly prefix: string }
  readonly title: { readonly ko: string; readonly en: string }
  readonly amount: readonly [number, number] | null
  readonly amountStep: number
  readonly subjects: readonly { readonly ko: string; readonly en: string }[]
}

const TAX = { key: 'tax', value: '한별시 세정과', prefix: 'HB' }
const WATER = { key: 'water', value: '맑은내 상수도사업본부', prefix: 'MN' }
const PARKING = { key: 'parking', value: '한별시 주차관리과', prefix: 'HP' }
const UNIVERSITY = { key: 'university', value: '새빛대학교', prefix: 'SB' }
const HEALTH = { key: 'health', value: '온누리건강보험공단', prefix: 'ON' }

const homes = [
  { ko: '한별로 12', en: '12 Hanbyeol-ro' },
  { ko: '맑은내길 7', en: '7 Malgeunnae-gil' },
  { ko: '은하수아파트 101동', en: 'Eunhasu Apartments, building 101' },
  { ko: '솔바람빌라 나동', en: 'Solbaram Villa, block B' },
]
const cars = [
  { ko: '승용차', en: 'Passenger car' },
  { ko: '소형 화물차', en: 'Small lorry' },
]
const students = [
  { ko: '컴퓨터공학과', en: 'Computer Science' },
  { ko: '국어국문학과', en: 'Korean Language and Literature' },
  { ko: '간호학과', en: 'Nursing' },
]
const insured = [
  { ko: '지역가입자', en: 'Individually insured' },
  { ko: '임의계속가입자', en: 'Voluntarily continued' },
]

export const BILLS: readonly BillKind[] = [
  {
    key: 'property',
    institution: TAX,
    title: { ko: '재산세(주택)', en: 'Property tax (home)' },
    amount: [1_500, 24_000],
    amountStep: 10,
    subjects: homes,
  },
  {
    key: 'vehicle',
    institution: TAX,
    title: { ko: '자동차세', en: 'Vehicle tax' },
    amount: [5_000, 26_000],
    amountStep: 10,
    subjects: cars,
  },
  {
    key: 'resident',
    institution: TAX,
    title: { ko: '주민세(개인분)', en: 'Resident tax' },
    amount: [500, 1_250],
    amountStep: 10,
    subjects: homes,
  },
  {
    key: 'water',
    institution: WATER,
    title: { ko: '상하수도 요금', en: 'Water and sewage charge' },
    amount: [800, 7_400],
    amountStep: 10,
    subjects: homes,
  },
  {
    key: 'parking',
    institution: PARKING,
    title: { ko: '주정차 위반 과태료', en: 'Parking fine' },
    amount: [4, 5],
    amountStep: 10_000,
    subjects: cars,
  },
  {
    key: 'tuition',
    institution: UNIVERSITY,
    title: { ko: '등록금', en: 'Tuition' },
    amount: [2_400, 4_300],
    amountStep: 1_000,
    subjects: students,
  },
  {
    key: 'dormitory',
    institution: UNIVERSITY,
    title: { ko: '기숙사비', en: 'Dormitory fee' },
    amount: [600, 1_200],
    amountStep: 1_000,
    subjects: students,
  },
  {
    key: 'health',
    institution: HEALTH,
    title: { ko: '건강보험료', en: 'Health insurance contribution' },
    amount: [1_978, 21_000],
    amountStep: 10,
    subjects: insured,
  },
]

export const NOTICES: readonly BillKind[] = [
  {
    key: 'valuation',
    institution: TAX,
    title: { ko: '주택공시가격 열람 안내', en: 'Published home valuation' },
    amount: null,
    amountStep: 1,
    subjects: homes,
  },
  {
    key: 'maintenance',
    institution: WATER,
    title: { ko: '단수 작업 안내', en: 'Planned water outage' },
    amount: null,
    amountStep: 1,
    subjects: homes,
  },
  {
    key: 'zone',
    institution: PARKING,
    title: { ko: '주정차 단속 구역 변경 안내', en: 'New parking zones' },
    amount: null,
    amountStep: 1,
    subjects: cars,
  },
  {
    key: 'term',
    institution: UNIVERSITY,
    title: { ko: '수강 신청 안내', en: 'Course registration' },
    amount: null,
    amountStep: 1,
    subjects: students,
  },
  {
    key: 'checkup',
    institution: HEALTH,
    title: { ko: '건강검진 대상자 안내', en: 'You are due for a health check' },
    amount: null,
    amountStep: 1,
    subjects: insured,
  },
  {
    key: 'checkup',
    institution: HEALTH,
    title: { ko: '건강검진 대상자 안내', en: 'You are due for a health check' },
    amount: null,
    amountStep: 1,
    subjects: insured,
  },
  {
    key: 'card',
    institution: HEALTH,
    title: { ko: '자격 변동 안내', en: 'Change of your insurance status' },
    amount: null,
    amountStep: 1,
    subjects: insured,
  },
  {
    key: 'maintenance',
    institution: WATER,
    title: { ko: '수질 검사 결과 안내', en: 'Water quality results' },
    amount: null,
    amountStep: 1,
    subjects: homes,
  },
]
