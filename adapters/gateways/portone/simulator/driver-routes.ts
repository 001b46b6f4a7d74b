import { escape } from '../../../kit/escape.ts'
import { page } from '../../../kit/simulator/pages.ts'
import type { Route } from '../../../kit/simulator/serve.ts'
import type { Payments } from './payments.ts'

const METHODS: Readonly<Record<string, readonly [method: string, label: string]>> = {
  CARD: ['PaymentMethodCard', '카드'],
  EASY_PAY: ['PaymentMethodEasyPay', '간편결제'],
  TRANSFER: ['PaymentMethodTransfer', '계좌이체'],
  VIRTUAL_ACCOUNT: ['PaymentMethodVirtualAccount', '가상계좌'],
}

/** The stand-in for the window page, which takes the same query, and citizens who act. */
export function driverRoutes(payments: Payments): Route[] {
  const act = (id: string, payMethod: string, dueDate: string): boolean =>
    payMethod === 'VIRTUAL_ACCOUNT' ? payments.issue(id, Date.parse(dueDate)) : payments.pay(id, METHODS[payMethod]?.[0] ?? '')
  return [
    {
      method: 'GET',
      path: '/window',
      handle: ({ query }) => {
        const id = query.get('paymentId') ?? ''
        const registered = payments.books.byId.get(id)
        // The amount that was registered counts, whatever stands in the address.
        if (registered === undefined || String(registered.amount) !== query.get('totalAmount'))
          return { status: 400, html: page('결제할 수 없습니다', '<p>금액이 등록된 것과 다릅니다.</p>', 'ko') }
        payments.open(id, query.get('orderName') ?? '')
        const label = METHODS[query.get('payMethod') ?? '']?.[1] ?? ''
        const fields = ['paymentId', 'payMethod', 'dueDate', 'redirectUrl']
          .map((name) => `<input type="hidden" name="${name}" value="${escape(query.get(name) ?? '')}">`)
          .join('')
        const form = `<form method="post" action="/window">${fields}<button name="act" value="pay">${label} ${registered.amount}원 결제</button></form>`
        return { status: 200, leadsOn: true, html: page('연습용 결제창', `<p>${escape(query.get('orderName') ?? '')}</p>${form}`, 'ko') }
      },
    },
    {
      method: 'POST',
      path: '/window',
      handle: ({ form }) => {
        act(form.get('paymentId') ?? '', form.get('payMethod') ?? '', form.get('dueDate') ?? '')
        return { status: 303, location: form.get('redirectUrl') ?? '/' }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:id/pay',
      handle: ({ params, json }) => {
        const { payMethod = 'CARD', dueDate = '' } = (json ?? {}) as { payMethod?: string; dueDate?: string }
        return { status: 200, json: { taken: act(params['id'] ?? '', payMethod, dueDate) } }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:id/deposit',
      handle: ({ params, json }) => {
        const { amount = '0' } = (json ?? {}) as { amount?: string }
        return { status: 200, json: { taken: payments.deposit(params['id'] ?? '', BigInt(amount)) } }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:id/fail',
      handle: ({ params }) => {
        payments.fail(params['id'] ?? '')
        return { status: 200, json: {} }
      },
    },
  ]
}
