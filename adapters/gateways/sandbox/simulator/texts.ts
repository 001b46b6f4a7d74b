/** The words of the payment page, in the session's language. */
const ko = {
  sandbox: '연습용 결제 화면입니다. 실제로 돈이 빠져나가지 않습니다.',
  title: '결제하기',
  error: '오류',
  notPaid: '결제되지 않았습니다',
  what: '결제 항목',
  amount: '결제 금액',
  choose: '결제 수단을 고르세요',
  card: '신용·체크카드',
  simple_pay: '간편결제',
  bank_account: '계좌이체',
  outcome: '시험 결과',
  outcomeHint: '연습용 기능입니다. 결제가 어떻게 끝날지 정합니다.',
  approve: '승인',
  insufficient_funds: '거절: 잔액 부족 또는 한도 초과',
  issuer_refused: '거절: 카드사 또는 은행의 거절',
  authentication_failed: '거절: 본인 인증 실패',
  pay: (amount: string) => `${amount} 결제하기`,
  cancel: '결제하지 않고 돌아가기',
  methodMissing: '결제 수단을 하나 고르세요.',
  declined: {
    insufficient_funds: '잔액이 부족하거나 한도를 넘었습니다.',
    issuer_refused: '카드사 또는 은행이 결제를 거절했습니다.',
    authentication_failed: '본인 인증에 실패했습니다.',
  },
  tryAgain: (left: number) => `다른 결제 수단으로 다시 해 보세요. ${left}번 더 시도할 수 있습니다.`,
  back: '돌아가기',
  ended: {
    AUTHORIZED: '결제가 승인되었습니다',
    CAPTURED: '결제가 끝났습니다',
    DECLINED: '결제하지 못했습니다',
    CANCELLED: '결제가 취소되었습니다',
    EXPIRED: '결제할 수 있는 시간이 지났습니다',
  },
  endedHint: '이 화면에서는 더 할 일이 없습니다. 고지서 화면으로 돌아가세요.',
}

const en: typeof ko = {
  sandbox: 'This is a practice payment page. No real money is taken.',
  title: 'Pay',
  error: 'Error',
  notPaid: 'You have not paid',
  what: 'What you are paying for',
  amount: 'Amount',
  choose: 'Choose how to pay',
  card: 'Credit or debit card',
  simple_pay: 'Simple pay (mobile wallet)',
  bank_account: 'Bank transfer',
  outcome: 'Test outcome',
  outcomeHint: 'For practice only: decides how the payment ends.',
  approve: 'Approve',
  insufficient_funds: 'Decline: not enough money, or over the limit',
  issuer_refused: 'Decline: refused by the card issuer or bank',
  authentication_failed: 'Decline: identity check failed',
  pay: (amount) => `Pay ${amount}`,
  cancel: 'Go back without paying',
  methodMissing: 'Choose a way to pay.',
  declined: {
    insufficient_funds: 'There is not enough money, or it is over the limit.',
    issuer_refused: 'The card issuer or bank refused the payment.',
    authentication_failed: 'The identity check failed.',
  },
  tryAgain: (left) => `Try another way to pay. You can try ${left} more ${left === 1 ? 'time' : 'times'}.`,
  back: 'Go back',
  ended: {
    AUTHORIZED: 'Your payment was approved',
    CAPTURED: 'Your payment is complete',
    DECLINED: 'Your payment was declined',
    CANCELLED: 'This payment was cancelled',
    EXPIRED: 'The time to pay has passed',
  },
  endedHint: 'There is nothing more to do on this page. Go back to your bill.',
}

export type Texts = typeof ko
export const texts: Readonly<Record<'ko' | 'en', Texts>> = { ko, en }

/** Why a simulated payment is declined: the values of "test outcome" on the page beside `approve`. */
export const DECLINE_CODES = ['insufficient_funds', 'issuer_refused', 'authentication_failed'] as const
export type DeclineCode = (typeof DECLINE_CODES)[number]
export const isDeclineCode = (code: string): code is DeclineCode => (DECLINE_CODES as readonly string[]).includes(code)
