import type { Language, Notice } from '../../../domain/ports/channel.ts'

/** The few words that a letter adds around a notice. */
export interface Wording {
  readonly kind: Readonly<Record<Notice['purpose'], string>>
  readonly addressee: (name: string) => string
  readonly factsTitle: string
  readonly reference: string
  readonly referenceHelp: string
  readonly qrTitle: string
  readonly qrAlt: (action: string) => string
  readonly linkHelp: string
  readonly footer: (institution: string) => string
  readonly page: (page: number, pages: number) => string
}

export const WORDING: Readonly<Record<Language, Wording>> = {
  ko: {
    kind: { notice: '고지', reminder: '다시 알려 드립니다', refundAccount: '환불 안내' },
    addressee: (name) => `${name} 귀하`,
    factsTitle: '고지 내용',
    reference: '납부 번호',
    referenceHelp: '계좌로 보내실 때 받는 분에게 표시할 내용에 이 번호를 적어 주세요.',
    qrTitle: '휴대전화로 바로 열기',
    qrAlt: (action) => `${action}: 아래에 적힌 주소를 여는 QR 코드`,
    linkHelp: '카메라로 찍을 수 없으면 이 주소를 브라우저에 입력하세요.',
    footer: (institution) => `${institution}의 고지를 대신하여 보내 드렸습니다. 전화나 우편으로 비밀번호와 카드 번호를 묻지 않습니다.`,
    page: (page, pages) => `${page} / ${pages}쪽`,
  },
  en: {
    kind: { notice: 'Notice', reminder: 'Reminder', refundAccount: 'Refund' },
    addressee: (name) => name,
    factsTitle: 'The notice in short',
    reference: 'Payment reference',
    referenceHelp: 'If you pay by bank transfer, write this number as its reference.',
    qrTitle: 'Open it on your phone',
    qrAlt: (action) => `${action}: a QR code that opens the address printed beside it`,
    linkHelp: 'If you cannot use a camera, type this address into a browser.',
    footer: (institution) => `Sent on behalf of ${institution}. We never ask for passwords or card numbers by phone or by letter.`,
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
}
