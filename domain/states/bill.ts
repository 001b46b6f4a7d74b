import type { Machine } from './table.ts'

export const BILL_STATUSES = [
  'received',
  'issued',
  'delivered',
  'overdue',
  'paid',
  'settled',
  'cancelled',
  'writtenOff',
  'handedBack',
  'concluded',
] as const
export type BillStatus = (typeof BILL_STATUSES)[number]
export type BillEvent =
  | 'issue'
  | 'serve'
  | 'unserve'
  | 'fallDue'
  | 'extend'
  | 'extendUnserved'
  | 'payInFull'
  | 'payInBank'
  | 'reopen'
  | 'settle'
  | 'cancel'
  | 'writeOff'
  | 'handBack'
  | 'expire'
  | 'conclude'

/**
 * `payInBank`: the last part is known only when all of the money is in the bank already, so no settlement is awaited.
 * A later due date takes a bill back from `overdue`, to where it stood before. `expire` is a hand-back: the time in which
 * the bill may be paid here has ended.
 * `unserve`: a letter came back from which proof of service, and with it the due date, was counted.
 * A status describes the debt; whether a notice still travels or a refund still runs is told by deliveries and refunds.
 */
export const billMachine: Machine<BillStatus, BillEvent> = {
  name: 'bill',
  initial: 'received',
  table: {
    received: { issue: 'issued', cancel: 'cancelled' },
    issued: {
      serve: 'delivered',
      fallDue: 'overdue',
      payInFull: 'paid',
      payInBank: 'settled',
      cancel: 'cancelled',
      writeOff: 'writtenOff',
      handBack: 'handedBack',
      expire: 'handedBack',
      conclude: 'concluded',
    },
    delivered: {
      serve: 'delivered',
      unserve: 'issued',
      fallDue: 'overdue',
      payInFull: 'paid',
      payInBank: 'settled',
      cancel: 'cancelled',
      writeOff: 'writtenOff',
      handBack: 'handedBack',
      expire: 'handedBack',
      conclude: 'concluded',
    },
    overdue: {
      serve: 'overdue',
      unserve: 'issued',
      extend: 'delivered',
      extendUnserved: 'issued',
      payInFull: 'paid',
      payInBank: 'settled',
      cancel: 'cancelled',
      writeOff: 'writtenOff',
      handBack: 'handedBack',
      expire: 'handedBack',
    },
    paid: { serve: 'paid', settle: 'settled', reopen: 'issued' },
    settled: { reopen: 'issued' },
    cancelled: {},
    writtenOff: {},
    handedBack: {},
    concluded: { unserve: 'issued' },
  },
}

/** Statuses in which money is still asked for and a payment is allocated to the bill. */
export const isPayable = (status: BillStatus): boolean => status === 'issued' || status === 'delivered' || status === 'overdue'

/** Nothing more is due to or from the citizen: settled, written off, cancelled, handed back or, without an amount, concluded. */
export const isFinalStatus = (status: BillStatus): boolean =>
  status === 'settled' || status === 'cancelled' || status === 'writtenOff' || status === 'handedBack' || status === 'concluded'
