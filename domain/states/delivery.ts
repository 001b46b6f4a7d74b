import type { Machine } from './table.ts'

export const DELIVERY_STATES = [
  'sending',
  'accepted',
  'delivered',
  'read',
  'unreachable',
  'failed',
  'stopped',
  'recalled',
  'returned',
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]
export type DeliveryEvent = 'accept' | 'deliver' | 'read' | 'findUnreachable' | 'fail' | 'stop' | 'resume' | 'recall' | 'return'

/**
 * One notice on one channel. Receipts come late and out of order, so `accepted` may jump to `read`, and a late lower
 * receipt has its own edge that changes nothing. `failed` keeps its kind (permanent or technical) beside it; a
 * temporary failure is not a state, it is a retry of `sending`. What was `stopped` was not wanted then (a pause, an open
 * checkout) and is taken up under its own key when the plan asks for it again, so a pause costs no channel.
 *
 * `recalled`: taken back from the channel before anybody saw it. `returned`: it came back, so that whatever was reported
 * before proves nothing. Both are over for good: what is sent again on that channel is another delivery.
 */
export const deliveryMachine: Machine<DeliveryState, DeliveryEvent> = {
  name: 'delivery',
  initial: 'sending',
  table: {
    sending: {
      accept: 'accepted',
      deliver: 'delivered',
      read: 'read',
      findUnreachable: 'unreachable',
      fail: 'failed',
      stop: 'stopped',
      recall: 'recalled',
      return: 'returned',
    },
    accepted: { accept: 'accepted', deliver: 'delivered', read: 'read', fail: 'failed', recall: 'recalled', return: 'returned' },
    delivered: { accept: 'delivered', deliver: 'delivered', read: 'read', return: 'returned' },
    read: { accept: 'read', deliver: 'read', read: 'read' },
    unreachable: {},
    failed: { deliver: 'delivered', read: 'read' },
    stopped: { accept: 'accepted', deliver: 'delivered', read: 'read', resume: 'sending', recall: 'recalled', return: 'returned' },
    recalled: {},
    returned: { read: 'read' },
  },
}
