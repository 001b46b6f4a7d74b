import type { BillView } from '../bill-view.ts'
import { type Child } from '../html.ts'
import { badge, type Tone } from '../parts/pieces.ts'
import type { Texts } from '../texts/index.ts'

type Word = keyof Texts['status']

const TONES: Readonly<Record<Word, Tone>> = {
  toPay: 'primary',
  overdue: 'danger',
  paying: 'information',
  notice: 'gray',
  paid: 'success',
  cancelled: 'gray',
  writtenOff: 'gray',
  handedBack: 'warning',
  concluded: 'gray',
  paused: 'warning',
}

function wordOf({ bill, paused }: BillView): Word {
  switch (bill.status) {
    case 'paid':
    case 'settled':
      return 'paid'
    case 'cancelled':
    case 'writtenOff':
    case 'handedBack':
    case 'concluded':
      return bill.status
    case 'received':
    case 'issued':
    case 'delivered':
    case 'overdue':
      if (bill.checkoutOpen) return 'paying'
      if (paused) return 'paused'
      if (!bill.asksMoney) return 'notice'
      return bill.status === 'overdue' ? 'overdue' : 'toPay'
  }
}

/** Where the bill stands for the citizen, in one word. */
export const statusBadge = (view: BillView, text: Texts): Child => {
  const word = wordOf(view)
  return badge(TONES[word], text.status[word])
}
