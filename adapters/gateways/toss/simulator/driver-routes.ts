import { jsonWhole } from '../../../kit/whole.ts'
import { escape } from '../../../kit/escape.ts'
import { page } from '../../../kit/simulator/pages.ts'
import type { Route } from '../../../kit/simulator/serve.ts'
import type { World } from '../../../kit/simulator/world.ts'
import type { Books } from './books.ts'
import type { Entry } from './entries.ts'
import { payOut } from './payouts.ts'
import type { Payments } from './payments.ts'

/** The payment window, and what only a simulator has: citizens who act, and the end of the day. */
export function driverRoutes(world: World<Entry>, books: Books, payments: Payments): Route[] {
  const back = (returnUrl: string, fields: Readonly<Record<string, string>>) => {
    const url = new URL(returnUrl)
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
    return { status: 303, location: url.href } as const
  }
  return [
    {
      method: 'GET',
      path: '/window/:paymentKey',
      handle: ({ params }) => {
        const { orderName, amount, paymentKey, windowMethod } = payments.byKey(params['paymentKey'] ?? '')
        const methods = { CARD: ['카드', '간편결제'], TRANSFER: ['계좌이체'], VIRTUAL_ACCOUNT: ['가상계좌'] }[windowMethod] ?? []
        const buttons = methods.map((method) => `<button name="method" value="${method}">${method} ${amount}원 결제</button>`)
        const form = `<form method="post" action="/window/${escape(paymentKey)}">${buttons.join('')}<button name="method" value="">취소</button></form>`
        return { status: 200, leadsOn: true, html: page('연습용 결제창', `<p>${escape(orderName)}</p>${form}`, 'ko') }
      },
    },
    {
      method: 'POST',
      path: '/window/:paymentKey',
      handle: ({ params, form }) => {
        const { orderId, paymentKey, amount, returnUrl } = payments.byKey(params['paymentKey'] ?? '')
        const method = form.get('method') ?? ''
        return method !== '' && payments.authenticate(orderId, method)
          ? back(returnUrl, { paymentKey, orderId, amount: String(amount) })
          : back(returnUrl, { code: 'PAY_PROCESS_CANCELED', orderId })
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:orderId/authenticate',
      handle: ({ params, json }) => {
        const { method } = (json ?? {}) as { method?: string }
        const taken = books.byOrder.has(params['orderId'] ?? '') && payments.authenticate(params['orderId'] ?? '', method ?? '카드')
        return { status: 200, json: { taken } }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:orderId/abort',
      handle: ({ params }) => {
        payments.abort(payments.byOrder(params['orderId'] ?? ''), 'PAY_PROCESS_ABORTED')
        return { status: 200, json: {} }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payments/:orderId/deposit',
      handle: ({ params, json }) => {
        const { amount } = (json ?? {}) as { amount?: number }
        const payment = payments.byOrder(params['orderId'] ?? '')
        return { status: 200, json: { taken: payments.deposit(payment.orderId, amount ?? jsonWhole(payment.amount)) } }
      },
    },
    {
      method: 'POST',
      path: '/_simulator/payouts',
      handle: () => {
        const day = payOut(world, books)
        return { status: 200, json: { made: day === null ? [] : [day], all: [...books.payouts.keys()] } }
      },
    },
  ]
}
