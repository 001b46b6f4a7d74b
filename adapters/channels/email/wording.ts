import type { Language, Notice } from '../../../domain/ports/channel.ts'

/** The few words that the mail adds around a notice. */
export interface Wording {
  readonly greeting: (name: string) => string
  readonly kind: Readonly<Record<Notice['purpose'], string>>
  readonly linkHelp: string
  /** Said once at the end: who sends it, what we never ask for, that nobody reads answers. */
  readonly footer: (institution: string) => readonly string[]
}

export const WORDING: Readonly<Record<Language, Wording>> = {
  ko: {
    greeting: (name) => `${name} 님, 안녕하십니까.`,
    kind: { notice: '고지', reminder: '다시 알려 드립니다', refundAccount: '환불 계좌 안내' },
    linkHelp: '버튼이 눌리지 않으면 아래 주소를 브라우저에 붙여 넣으세요.',
    footer: (institution) => [
      `이 메일은 ${institution}의 고지를 대신하여 보내 드렸습니다.`,
      '메일로 비밀번호, 카드 번호, 주민등록번호를 묻지 않습니다. 의심스러우면 링크를 누르지 말고 기관에 직접 확인하세요.',
      '발신 전용 메일이라 회신을 받지 않습니다.',
    ],
  },
  en: {
    greeting: (name) => `Dear ${name},`,
    kind: { notice: 'Notice', reminder: 'Reminder', refundAccount: 'Your refund' },
    linkHelp: 'If the button does not work, copy this address into your browser.',
    footer: (institution) => [
      `This mail was sent on behalf of ${institution}.`,
      'We never ask for passwords, card numbers or resident registration numbers by mail. If in doubt, do not use the link and ask the institution.',
      'Nobody reads answers to this address.',
    ],
  },
}
