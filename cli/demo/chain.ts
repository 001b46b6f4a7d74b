import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROOT } from '../settings.ts'
import type { Demo } from './demo.ts'
import { openNotice } from './open-notice.ts'
import type { Bill, DemoPolicy, DemoWorld } from './world.ts'

interface Citizen {
  readonly name: string
  readonly contacts: { channel: string; address: string }[]
}

/** Channels are named as data, here as everywhere: this file knows their order and nothing else. */
const { policy, citizens } = JSON.parse(readFileSync(resolve(ROOT, 'examples/demos/chain.json'), 'utf8')) as {
  policy: DemoPolicy
  citizens: [Citizen, Citizen]
}
const [chat, text, letter] = policy.chain.map(({ channel }) => channel) as [string, string, string]

/** Golden scenario 1. A day lasts six seconds here. */
export const chain: Demo = {
  number: 1,
  title: 'The chain',
  story:
    'A message in the chat app, unread for a day; a text message, unread for a day; a registered letter. A day lasts six seconds here.',
  simulators: policy.chain.map(({ channel }) => channel),
  async tell(world) {
    const { tell } = world
    const [patient, quick] = citizens
    const office = await world.institution('Parking Office', policy)
    const bill = async (citizen: Citizen): Promise<Bill> =>
      office.bill('Parking fine', 40_000, {
        citizen: { identifier: `demo-${world.tag}-${citizen.name}`, name: citizen.name, language: 'ko', contacts: citizen.contacts },
      })
    const waits = await bill(patient)
    const opens = await bill(quick)
    tell.say('Two citizens are fined 40,000 won each; who pays within twenty days of service saves a fifth.')
    await sent(world, [waits, opens], chat)
    tell.say(`Both get a message by ${chat}. Nobody opens it.`)
    await sent(world, [waits, opens], text)
    tell.say(`A day later both get a message by ${text}. Nobody opens it.`)
    const written = await sent(world, [waits, opens], letter)
    tell.say('Another day later a registered letter is ready for each. It waits in the spool for the print house.')
    tell.check(
      'nothing has been proven, so the offer has no end yet',
      written.every(({ early }) => early !== null && early.until === null),
    )

    await openNotice(world, chat, quick.contacts)
    tell.say('Now one of the two opens the message after all.')
    const recalled = await world.billUntil(opens, 'the letter is taken back', (one) => stateOf(one, letter) === 'recalled')
    tell.check('no letter is printed for who has read the notice', stateOf(recalled, letter) === 'recalled')
    tell.check('from the reading on, twenty days are left to save a fifth', (recalled.early?.until ?? null) !== null)

    tell.say('The spool closes. The print house prints the other letter and posts it: that takes up to a minute.')
    const address = patient.contacts.find(({ channel }) => channel === letter)?.address ?? ''
    const post = world.drivers.channels.get(letter)
    await world.until('the letter is on its way', async () => ((await post?.links(address)) ?? []).length > 0)
    tell.check('before it is handed over, nothing is proven', (await world.read(waits)).early?.until === null)
    await post?.open(address)
    const handedOver = await world.billUntil(waits, 'the letter is delivered', (one) => stateOf(one, letter) === 'delivered')
    tell.say('The post hands the letter over, and says so.')
    tell.check(
      'the due date and the offer count from that proof of service',
      handedOver.dueAt !== null && (handedOver.early?.until ?? null) !== null,
    )
    return [...world.links(waits), ...(post === undefined ? [] : [['The letter', post.page(address)] as const])]
  },
}

const stateOf = (bill: Bill, channel: string): string | undefined => bill.deliveries.find((one) => one.channel === channel)?.state

const sent = (world: DemoWorld, bills: readonly Bill[], channel: string): Promise<Bill[]> =>
  Promise.all(
    bills.map((bill) =>
      world.billUntil(bill, `the notice is sent by ${channel}`, (one) => ['accepted', 'delivered'].includes(stateOf(one, channel) ?? '')),
    ),
  )
