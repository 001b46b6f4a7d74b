import { invalid } from '../../domain/errors.ts'
import { BalanceCheck, readBalances } from './balances.ts'
import { decode } from './decode.ts'
import { Document, type Handler } from './document.ts'
import { currencyOfEntry, readEntry } from './entry.ts'
import { readHeader, readMessage } from './header.ts'
import { malformed } from './malformed.ts'
import type { Node } from './node.ts'
import type { CamtRecord, Message, StatementHeader } from './records.ts'
import { type Part, readPart } from './transaction.ts'

const VERSIONS = { first: 2, last: 13 }
/** Parts of one entry are held together until it ends, because only together they are the entry. */
const PARTS_MAX = 100_000

const HEAD = new Set(['Id', 'StmtPgntn', 'NtfctnPgntn', 'ElctrncSeqNb', 'LglSeqNb', 'CreDtTm', 'FrToDt', 'CpyDplctInd', 'Acct'])
const OF_ENTRY = new Set(['NtryRef', 'Amt', 'CdtDbtInd', 'RvslInd', 'Sts', 'BookgDt', 'ValDt', 'AcctSvcrRef', 'BkTxCd', 'AddtlNtryInf'])
const OF_PART = new Set(['Btch', 'TxDtls'])

/**
 * Reads a bank's ISO 20022 statement (camt.053) or notification (camt.054), versions 2 to 13, as it comes: memory does
 * not grow with the file. Every statement's balances are checked at its end, so nothing may be used for good before the
 * reader is done.
 * @throws GojiError `statement_malformed` naming the line, `statement_unbalanced` naming both figures; and nothing else.
 */
export async function* readCamt(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<CamtRecord> {
  const reader = new CamtReader()
  const document = new Document(reader)
  let begun = false
  for await (const text of decode(chunks)) {
    // Blanks before the declaration are no XML, and no reason to refuse a bank's file.
    const rest: string = begun ? text : text.trimStart()
    begun ||= rest !== ''
    document.write(rest)
    yield* reader.take()
  }
  document.close()
  reader.close()
  yield* reader.take()
}

class CamtReader implements Handler {
  #found: CamtRecord[] = []
  #kind: Message['kind'] = 'statement'
  #version: number | null = null
  #groupHeader: Node | undefined
  #statements = 0
  /** The statement that is open: its head, known once the first balance or entry has come, and what was collected for it. */
  #head: StatementHeader | undefined
  #headNode: Node | undefined
  #balances: Node[] = []
  #entry: Node | undefined
  #details: Node | undefined
  #parts: Part[] = []
  readonly #check = new BalanceCheck()

  take(): CamtRecord[] {
    const found = this.#found
    this.#found = []
    return found
  }

  close(): void {
    if (this.#statements === 0) {
      const what = this.#kind === 'statement' ? 'statement (Stmt)' : 'notification (Ntfctn)'
      throw invalid('statement_malformed', `The file holds no ${what}: there is nothing to book. Ask the bank for the whole file.`)
    }
  }

  begin(name: string, namespace: string, line: number): void {
    this.#kind = name === 'BkToCstmrStmt' ? 'statement' : 'notification'
    const [, kind, version] = /camt\.(0[0-9]{2})\.[0-9]{3}\.([0-9]{2})/.exec(namespace) ?? []
    if (kind === undefined) {
      if (/:xsd:(pain|pacs|camt|acmt)\./.test(namespace))
        throw malformed(line, `its namespace "${namespace.slice(0, 80)}" is of another message`)
      return
    }
    if (kind !== (this.#kind === 'statement' ? '053' : '054')) throw malformed(line, `a camt.${kind} does not hold ${name}`)
    this.#version = Number(version)
    if (this.#version < VERSIONS.first || this.#version > VERSIONS.last)
      throw malformed(
        line,
        `camt.${kind} is read in the versions ${VERSIONS.first} to ${VERSIONS.last}, and this is version ${this.#version}`,
      )
  }

  choose(path: readonly string[]): 'collect' | 'into' | 'skip' {
    const [first = '', second = '', third = '', fourth = ''] = path
    if (first === 'GrpHdr') return 'collect'
    if (first !== (this.#kind === 'statement' ? 'Stmt' : 'Ntfctn')) return 'skip'
    if (path.length === 1 || (second === 'Ntry' && path.length === 2)) return 'into'
    if (path.length === 2) return HEAD.has(second) || second === 'Bal' ? 'collect' : 'skip'
    if (path.length === 3) return third === 'NtryDtls' ? 'into' : OF_ENTRY.has(third) ? 'collect' : 'skip'
    return OF_PART.has(fourth) ? 'collect' : 'skip'
  }

  enter(path: readonly string[], line: number): void {
    const node: Node = { name: path.at(-1) ?? '', line, currency: undefined, text: '', children: [] }
    if (path.length === 1) {
      if (this.#statements === 0) this.#found.push({ type: 'message', message: readMessage(this.#groupHeader, this.#kind, this.#version) })
      this.#statements += 1
      this.#head = undefined
      this.#headNode = node
      this.#balances = []
    } else if (path.length === 2) {
      this.#entry = node
      this.#details = undefined
      this.#parts = []
    } else {
      this.#details ??= node
    }
  }

  collected(path: readonly string[], node: Node): void {
    if (path[0] === 'GrpHdr') this.#groupHeader = node
    else if (path.length === 2) {
      if (node.name === 'Bal') this.#balances.push(node)
      else this.#headNode?.children.push(node)
      if (this.#balances.length > 1_000) throw malformed(node.line, 'a statement has more than 1000 balances')
    } else if (path.length === 3) this.#entry?.children.push(node)
    else if (node.name === 'TxDtls') this.#addPart(node)
    else this.#details?.children.push(node)
  }

  leave(path: readonly string[]): void {
    if (path.length === 2) this.#endEntry()
    else if (path.length === 1) this.#endStatement()
  }

  #addPart(node: Node): void {
    if (this.#entry === undefined) return
    if (this.#parts.length === PARTS_MAX)
      throw malformed(node.line, `an entry has more than ${PARTS_MAX} transactions. Ask for one entry each`)
    this.#parts.push(readPart(node, currencyOfEntry(this.#entry, this.#begun().accountCurrency)))
  }

  /** The statement's head, told before the first thing in it. */
  #begun(): StatementHeader {
    if (this.#head === undefined) {
      if (this.#headNode === undefined) throw new Error('an entry stands outside a statement')
      this.#head = readHeader(this.#headNode)
      this.#found.push({ type: 'statement', statement: this.#head })
    }
    return this.#head
  }

  #endEntry(): void {
    const { accountCurrency } = this.#begun()
    if (this.#entry === undefined) return
    if (this.#details) this.#entry.children.push(this.#details)
    const entry = readEntry(this.#entry, this.#parts, accountCurrency)
    this.#entry = undefined
    this.#parts = []
    this.#check.add(entry)
    this.#found.push({ type: 'entry', entry })
  }

  #endStatement(): void {
    const statement = this.#begun()
    const balances = readBalances(this.#balances, statement.accountCurrency)
    this.#check.end(statement, balances)
    this.#found.push({ type: 'end', statement, balances })
  }
}
