import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { wordNotice } from '../../activities/notice-text.ts'
import { loadAdapters } from '../../composition/adapters.ts'
import { spaced } from '../../domain/reference.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { endCheckout } from '../../store/commands/end-checkout.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { readNotice } from '../../store/deliveries/read-notice.ts'
import { camtFile } from '../formats/camt-files.ts'
import { bookStatement, receiveBank, TRANSFERS } from '../support/bank.ts'
import { DAY, describeStore, type Institution, NOW, one, openStore, type Store } from './support.ts'

/** However a person and their bank write a reference. */
const SPELLINGS: readonly (readonly [string, (reference: string) => string])[] = [
  ['as printed', (reference) => `<Refs><EndToEndId>${reference}</EndToEndId></Refs>`],
  ['as a creditor’s reference', (reference) => `<RmtInf><Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd></RmtInf>`],
  ['in small letters, inside a sentence', (reference) => said(`Herr Kim, zahlt ${reference.toLowerCase()}, danke`)],
  ['in groups of four', (reference) => said(`zu ${spaced(reference.replaceAll('-', ''))} danke`)],
  [
    'in groups of four, in small letters and with dots',
    (reference) => said(spaced(reference.replaceAll('-', '')).toLowerCase().replaceAll(' ', '.')),
  ],
  ['without what divides it', (reference) => said(`ref: ${reference.replaceAll('-', '')}`)],
]

const said = (text: string): string => `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`
const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(Math.random() * 10)).join('')

describeStore('a reference that the engine has given comes back in a bank’s statement', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  async function arrives(details: string) {
    const entry = { amount: '10000', currency: 'KRW', booked: '2026-03-09', details: `<TxDtls>${details}</TxDtls>` }
    const file = camtFile({ statements: [{ id: randomUUID(), account: randomUUID(), currency: 'KRW', entries: [entry] }] })
    const { statementId } = await receiveBank(store.sql, file, NOW + 8 * DAY)
    await bookStatement(store.sql, statementId, NOW + 8 * DAY)
    const [line] = await store.sql<{ id: string; state: string; reason: string | null }[]>`
      select id, state, reason from statement_lines where statement_id = ${statementId}`
    return line
  }

  /** What a letter tells the citizen to write on the transfer. */
  async function printed(billNumber: string): Promise<{ billId: string; reference: string }> {
    const billId = await town.issued({ billNumber })
    const { reference } = wordNotice(await readNotice(store.sql, billId), 'notice', 'https://x.example/', NOW, true)
    return { billId, reference: reference ?? '' }
  }

  /** What a payment page told the citizen, which nobody paid until it ended. */
  async function expired(settings: Readonly<Record<string, string>>): Promise<{ billId: string; checkoutId: string; reference: string }> {
    const billId = await town.issued()
    const { citizen_id: citizenId } = await one<{ citizen_id: string }>(store.sql, 'bills', billId)
    const { checkoutId } = await store.run((tx) =>
      beginCheckout(
        tx,
        { citizenId, billIds: [billId], gateway: TRANSFERS, language: 'ko', returnPath: '/checkouts/{id}', actor: 'citizen' },
        NOW,
      ),
    )
    const gateway = (await loadAdapters(settings)).gateway(TRANSFERS)
    const amount = { minor: 10_000n, currency: 'KRW' } as const
    const request = {
      key: checkoutId,
      amount,
      title: 'Bill',
      language: 'ko',
      returnUrl: 'https://x.example/',
      expiresAt: NOW + DAY,
    } as const
    const patience = AbortSignal.timeout(10_000)
    const session = await gateway.openSession(request, patience)
    await store.run((tx) => openCheckout(tx, checkoutId, session))
    await store.run((tx) => endCheckout(tx, checkoutId, 'expire', { now: NOW + DAY }))
    const report = await gateway.payment(checkoutId, patience)
    if (report.status !== 'awaitingDeposit') throw new Error(`the page is ${report.status}`)
    return { billId, checkoutId, reference: report.account.reference ?? report.account.number }
  }

  describe('the number in a letter', () => {
    it.each(SPELLINGS)('%s', async (_, write) => {
      const { billId, reference } = await printed(`2026-11-${digits(9)}`)
      expect(await arrives(write(reference))).toMatchObject({ state: 'posted' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled', paid_minor: 10_000n })
    })

    it('of many parts, as of a Korean electronic payment', async () => {
      const { billId, reference } = await printed(`26440-1-17-25-0-${digits(4)}-${digits(3)}-4`)
      expect(await arrives(said(`지방세 ${reference} 납부`))).toMatchObject({ state: 'posted' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled' })
    })

    it('and not another number', async () => {
      const { billId, reference } = await printed(`2026-11-${digits(8)}1`)
      expect(await arrives(said(`bill ${reference.slice(0, -1)}2`))).toMatchObject({ state: 'exception', reason: 'referenceUnknown' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'issued', paid_minor: 0n })
    })
  })

  describe('the reference of a payment page that has expired', () => {
    const account = { BANK_TRANSFER_ACCOUNT: 'DE02120300000000202051', BANK_TRANSFER_BANK: 'Bank' }

    it.each(SPELLINGS)('%s', async (_, write) => {
      const { billId, checkoutId, reference } = await expired(account)
      expect(await arrives(write(reference))).toMatchObject({ state: 'posted' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled', paid_minor: 10_000n })
      expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state: 'paid' })
    })

    it('stuck to words on both sides', async () => {
      const { billId, reference } = await expired(account)
      expect(await arrives(said(`ref${reference.toLowerCase()}kim`))).toMatchObject({ state: 'posted' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled' })
    })

    it('as an account number of its own', async () => {
      const { billId, reference } = await expired({ BANK_TRANSFER_PREFIX: '9012' })
      const to = `<RltdPties><CdtrAcct><Id><Othr><Id>${spaced(reference)}</Id></Othr></Id></CdtrAcct></RltdPties>`
      expect(await arrives(to)).toMatchObject({ state: 'posted' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled' })
    })

    it.each(SPELLINGS)('and not with wrong check digits, %s', async (_, write) => {
      const { billId, reference } = await expired(account)
      const wrong = `RF${String((Number(reference.slice(2, 4)) + 1) % 100).padStart(2, '0')}${reference.slice(4)}`
      const line = await arrives(write(wrong))
      expect(line).toMatchObject({ state: 'exception', reason: 'referenceUnknown' })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'issued', paid_minor: 0n })
      // The money is in the books all the same, until a person has placed it.
      expect(await store.sql`select kind from ledger_transactions where line_id = ${line?.id ?? ''}`).toEqual([{ kind: 'suspense' }])
    })
  })
})
