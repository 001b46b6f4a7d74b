import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { GojiError } from '../../domain/errors.ts'
import { readCamt } from '../../formats/camt/read-camt.ts'
import { camtFile } from './camt-files.ts'
import { recordsOf, refusalOf } from './read.ts'

const good = camtFile({
  statements: [
    {
      opening: '0',
      closing: '7.00',
      entries: [{}, { amount: '3.00', sign: 'DBIT', details: '<TxDtls><Refs><EndToEndId>E</EndToEndId></Refs></TxDtls>' }],
    },
  ],
})
const inside = (what: string): string => good.replace('<MsgId>M1', `<MsgId>${what}`)

describe('a file that is not what it should be is refused, and it is said why', () => {
  it.each([
    [
      'an external entity',
      good.replace('?>', '?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace('M1', '&x;'),
      'document type',
    ],
    ['an external subset', good.replace('?>', '?><!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd">'), 'document type'],
    [
      'a billion laughs',
      good.replace(
        '?>',
        `?><!DOCTYPE d [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (at) => `<!ENTITY ${at} "${`&${String.fromCharCode(at.charCodeAt(0) - 1)};`.repeat(10)}">`)}]>`,
      ),
      'document type',
    ],
    ['an entity that nobody declared', inside('&x;'), 'not well-formed'],
    ['a NUL', inside('\0'), 'not well-formed'],
    ['a file that was cut short', good.slice(0, -40), 'not well-formed'],
    ['a tag that ends another', good.replace('</Stmt>', '</Ntry>'), 'unexpected close tag'],
    ['two messages', good.replace('</Document>', '').concat('<BkToCstmrStmt/></Document>'), 'a second message begins'],
    ['elements without an end', good.replace('<MsgId>', '<MsgId>'.repeat(70)), 'nested more than 64 deep'],
    ['a text that is too long', inside('x'.repeat(70_000)), 'over 65536 characters'],
    ['a comment over all of the memory', inside(`<!--${'x'.repeat(1_200_000)}-->`), 'over 1 MiB'],
    ['a tag over all of the memory', good.replace('<MsgId>', `<MsgId a="${'x'.repeat(1_200_000)}">`), 'over 1 MiB'],
    ['an element of too many', inside('<a/>'.repeat(5_001)), 'more than 5000 elements'],
    ['nothing', '', 'The file is empty'],
    ['blanks', ' \n ', 'The file is empty'],
    [
      'another message',
      good.replace(/053\.001\.08/, '052.001.08').replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt'),
      'no camt.053 statement',
    ],
    [
      'an order to pay',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn/></Document>',
      'no camt.053 statement',
    ],
    ['a namespace of another message', good.replace('camt.053', 'camt.054'), 'does not hold BkToCstmrStmt'],
    ['a page of HTML', '<html><body>Log in</body></html>', 'outermost element is "html"'],
    ['an entry without an amount', good.replace(/<Amt[^/]*\/Amt>(?=<CdtDbtInd>CRDT<\/CdtDbtInd><Sts>)/, ''), 'has no amount'],
    ['an entry without a sign', good.replace('<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<Sts>'), 'neither credit nor debit'],
    ['a sign that is none', good.replace('<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<CdtDbtInd>PLUS</CdtDbtInd><Sts>'), 'neither CRDT nor DBIT'],
  ])('%s', async (_name, file, words) => {
    const { code, message } = await refusalOf(file)
    expect(code).toBe('statement_malformed')
    expect(message).toContain(words)
  })
})

describe('the reader', () => {
  async function neverThrowsAnythingElse(file: Uint8Array): Promise<void> {
    try {
      for await (const record of readCamt([file])) expect(record.type).toEqual(expect.any(String))
    } catch (error) {
      expect(error).toBeInstanceOf(GojiError)
      expect((error as GojiError).kind).toBe('invalid')
      expect((error as GojiError).code).toMatch(/^statement_(malformed|unbalanced)$/)
    }
  }

  it('answers any bytes with records or its own refusal', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), neverThrowsAnythingElse), { numRuns: 300 })
  })

  it('answers a good file that was spoilt anywhere in the same way', async () => {
    const bytes = Buffer.from(good)
    const spoilt = fc.tuple(
      fc.nat(bytes.length - 1),
      fc.nat(40),
      fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc.constantFrom('<', '>', '&', '</Ntry>', '<Ntry>', '"', '\0', '<Amt>', '-').map((text) => Buffer.from(text)),
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(spoilt, { minLength: 1, maxLength: 4 }), async (changes) => {
        let file: Buffer = bytes
        for (const [at, cut, put] of changes) file = Buffer.concat([file.subarray(0, at), put, file.subarray(at + cut)])
        await neverThrowsAnythingElse(file)
      }),
      { numRuns: 1_500 },
    )
  })

  it('takes the file that the others are made of', async () => {
    expect(await recordsOf(good)).toHaveLength(5)
  })
})
