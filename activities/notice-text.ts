import { formatAmount } from '../domain/money.ts'
import type { Language, Notice } from '../domain/ports/channel.ts'
import type { NoticeData } from '../store/deliveries/read-notice.ts'

interface Words {
  readonly citizen: string
  readonly subject: (institution: string, title: string) => string
  readonly reminderSubject: (institution: string, title: string) => string
  readonly greeting: (name: string) => string
  readonly billed: (institution: string, policy: string) => string
  /** For what is held in hands. */
  readonly billedOnPaper: (institution: string, policy: string) => string
  readonly informed: (institution: string, policy: string) => string
  readonly reminded: (institution: string, policy: string) => string
  /** A refund has no way back: where may it go? */
  readonly refundSubject: (institution: string, title: string) => string
  readonly refund: (institution: string, policy: string) => string
  readonly giveAccount: string
  readonly overdue: string
  readonly replaces: string
  readonly noPassword: string
  /** What paying early saves. The date is null while nobody knows when the offer ends. */
  readonly early: (amount: string, until: string | null) => string
  readonly labels: {
    readonly amount: string
    readonly early: string
    readonly due: string
    readonly number: string
    readonly title: string
  }
  readonly open: string
  readonly openAndPay: string
}

const WORDS: Record<Language, Words> = {
  ko: {
    citizen: '고객',
    subject: (institution, title) => `[${institution}] ${title} 고지서가 도착했습니다`,
    reminderSubject: (institution, title) => `[${institution}] ${title} 납부 안내`,
    greeting: (name) => `${name}님, 안녕하세요.`,
    billed: (institution, policy) =>
      `${institution}에서 ${policy} 고지서를 보내 드립니다. 아래 버튼을 누르면 내용을 확인하고 바로 납부할 수 있습니다.`,
    billedOnPaper: (institution, policy) =>
      `${institution}에서 ${policy} 고지서를 보내 드립니다. 아래 QR 코드를 휴대전화 카메라로 찍거나 주소를 브라우저에 입력하면 내용을 확인하고 바로 납부할 수 있습니다.`,
    informed: (institution, policy) => `${institution}에서 ${policy} 안내문을 보내 드립니다. 납부할 금액은 없습니다.`,
    reminded: (institution, policy) =>
      `${institution}의 ${policy} 고지서가 아직 납부되지 않았습니다. 이미 납부하셨다면 이 안내는 무시하셔도 됩니다.`,
    refundSubject: (institution, title) => `[${institution}] ${title} 환불 계좌를 알려 주세요`,
    refund: (institution, policy) =>
      `${institution}의 ${policy} 고지서에 내신 금액을 돌려드려야 하지만 결제하신 수단으로 환불할 수 없습니다. 로그인한 뒤 환불받을 계좌를 알려 주세요.`,
    giveAccount: '환불 계좌 알려 주기',
    overdue: '납부 기한이 지났습니다.',
    replaces: '앞서 보내 드린 내용을 바로잡은 고지입니다. 이 고지의 내용이 맞습니다.',
    noPassword: '본 안내는 비밀번호나 카드 번호를 묻지 않습니다.',
    early: (amount, until) => (until === null ? amount : `${amount} (${until}까지)`),
    labels: { amount: '납부할 금액', early: '조기 납부 금액', due: '납부 기한', number: '고지 번호', title: '내용' },
    open: '안내문 보기',
    openAndPay: '고지서 보기 및 납부',
  },
  en: {
    citizen: 'Customer',
    subject: (institution, title) => `${institution}: ${title}`,
    reminderSubject: (institution, title) => `Reminder from ${institution}: ${title}`,
    greeting: (name) => `Dear ${name},`,
    billed: (institution, policy) =>
      `${institution} has sent you a bill: ${policy}. Open it with the button below to see what it is for and to pay it.`,
    billedOnPaper: (institution, policy) =>
      `${institution} has sent you a bill: ${policy}. Point the camera of your phone at the QR code below, or type the address into a browser, to see what it is for and to pay it.`,
    informed: (institution, policy) => `${institution} has sent you a notice: ${policy}. There is nothing to pay.`,
    reminded: (institution, policy) =>
      `Your bill from ${institution} (${policy}) has not been paid yet. If you have paid it already, please ignore this message.`,
    refundSubject: (institution, title) => `${institution}: your refund for ${title}`,
    refund: (institution, policy) =>
      `Money you paid to ${institution} (${policy}) has to go back to you, but it cannot go back the way you paid. Please sign in and tell us an account for it.`,
    giveAccount: 'Tell us an account',
    overdue: 'The due date has passed.',
    replaces: 'This corrects the notice that we sent you before. What it says counts.',
    noPassword: 'We never ask for a password or a card number in a message.',
    early: (amount, until) => (until === null ? amount : `${amount}, until ${until}`),
    labels: { amount: 'To pay', early: 'If you pay early', due: 'Due date', number: 'Bill number', title: 'For' },
    open: 'Read the notice',
    openAndPay: 'See and pay the bill',
  },
}

const amountText = (minor: bigint, data: NoticeData): string => {
  const text = formatAmount({ minor, currency: data.currency })
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${data.currency}`
}

/** Kept, as making one costs more than wording the rest of the notice; there are as many as zones, twice. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function dateText(at: number, { language, zone }: NoticeData): string {
  const key = `${language} ${zone}`
  const formatter =
    formatters.get(key) ?? new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', { timeZone: zone, dateStyle: 'long' })
  formatters.set(key, formatter)
  return formatter.format(at)
}

function earlyFact(data: NoticeData, now: number): Notice['facts'] {
  const { early_minor: saved, early_until: until } = data
  if (saved === 0n || (until !== null && until < now)) return []
  const { labels, early } = WORDS[data.language]
  return [{ label: labels.early, value: early(amountText(data.owed_minor - saved, data), until === null ? null : dateText(until, data)) }]
}

/** Words the notice or reminder of a bill in the citizen's language. `now` in milliseconds: an offer that is over is not made. */
export function wordNotice(data: NoticeData, purpose: Notice['purpose'], url: string, now: number, printed = false): Notice {
  const words = WORDS[data.language]
  const institution = data.language === 'ko' ? data.institution_ko : data.institution_en
  const policy = data.language === 'ko' ? data.policy_ko : data.policy_en
  const citizenName = data.citizen_name ?? words.citizen
  const asksToPay = data.asks_money && purpose !== 'refundAccount'
  const facts = [
    { label: words.labels.title, value: data.title },
    ...(asksToPay ? [{ label: words.labels.amount, value: amountText(data.owed_minor, data) }, ...earlyFact(data, now)] : []),
    ...(asksToPay && data.due_at !== null ? [{ label: words.labels.due, value: dateText(data.due_at, data) }] : []),
    { label: words.labels.number, value: data.bill_number },
    ...data.details,
  ]
  const { subject, opening, action } = wordingOf(words, purpose, data, printed)
  return {
    purpose,
    language: data.language,
    institution,
    citizenName,
    subject: subject(institution, data.title),
    paragraphs: [
      words.greeting(citizenName),
      opening(institution, policy),
      ...(purpose === 'notice' && data.notice_revision > 1 ? [words.replaces] : []),
      ...(data.status === 'overdue' && purpose !== 'refundAccount' ? [words.overdue] : []),
      words.noPassword,
    ],
    facts,
    action: { label: action, url },
    ...(data.asks_money ? { reference: data.bill_number } : {}),
  }
}

function wordingOf(
  words: Words,
  purpose: Notice['purpose'],
  data: NoticeData,
  printed: boolean,
): { subject: Words['subject']; opening: Words['billed']; action: string } {
  if (purpose === 'refundAccount') return { subject: words.refundSubject, opening: words.refund, action: words.giveAccount }
  const action = data.asks_money ? words.openAndPay : words.open
  if (purpose === 'reminder') return { subject: words.reminderSubject, opening: words.reminded, action }
  return { subject: words.subject, opening: data.asks_money ? (printed ? words.billedOnPaper : words.billed) : words.informed, action }
}
