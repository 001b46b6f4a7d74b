import { exampleId } from '../schemas/ids.ts'

const krw = (amount: string): object => ({ amount, currency: 'KRW' })

export const billSummaryExample = {
  id: exampleId('bill'),
  institution: exampleId('ins'),
  billNumber: '2026-11-000123',
  mode: 'test',
  title: '2026년 제2기 자동차세',
  asksMoney: true,
  status: 'issued',
  stage: 'deliver',
  amounts: {
    charged: krw('128500'),
    surcharged: krw('0'),
    reduced: krw('0'),
    paid: krw('0'),
    refunded: krw('0'),
    owed: krw('128500'),
    settled: krw('0'),
    fees: krw('0'),
    writtenOff: krw('0'),
    cancelled: krw('0'),
  },
  dueAt: '2026-12-31T14:59:59.999Z',
  overdue: false,
  createdAt: '2026-11-24T00:00:00.000Z',
}

export const billExample = {
  ...billSummaryExample,
  policy: { name: 'vehicle-tax', version: 3 },
  details: [{ label: '차량 번호', value: '12가 3456' }],
  dueDate: null,
  issueAt: '2026-11-24T00:00:00.000Z',
  issuedAt: '2026-11-24T00:00:01.204Z',
  changedAt: '2026-11-24T00:00:02.310Z',
  early: { saves: krw('25700'), until: '2026-12-14T14:59:59.999Z' },
  paused: false,
  pauses: [],
  deliveries: [
    {
      id: exampleId('dlv'),
      key: 'notice:app',
      purpose: 'notice',
      channel: 'app',
      state: 'delivered',
      attempts: 1,
      attemptedAt: '2026-11-24T00:00:01.400Z',
      acceptedAt: '2026-11-24T00:00:01.900Z',
      deliveredAt: '2026-11-24T00:00:02.300Z',
      readAt: null,
      endedAt: null,
      failure: null,
      possibleDuplicate: false,
    },
  ],
  payments: [],
  refunds: [],
  next: { code: 'noticeWillBeSent', stage: 'deliver', at: '2026-11-25T00:00:01.400Z', channel: 'email', key: 'notice:email' },
  links: {
    self: `/v1/bills/${exampleId('bill')}`,
    events: `/v1/bills/${exampleId('bill')}/events`,
    forecast: `/v1/bills/${exampleId('bill')}/forecast`,
    pay: `http://127.0.0.1:3000/bills/${exampleId('bill')}`,
  },
}
