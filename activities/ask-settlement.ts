import { recordSettlementAsk } from '../store/commands/record-settlement-ask.ts'
import { gatewaysOfBill } from '../store/payments/gateways-of-bill.ts'
import { knownStatements } from '../store/statements/known-statements.ts'
import { receiveStatement } from '../store/statements/receive-statement.ts'
import { unplacedLinesOfBill } from '../store/statements/unplaced-lines-of-bill.ts'
import { transaction } from '../store/unit/transaction.ts'
import { bookLine } from './book-line.ts'
import { withHeartbeat } from './heartbeat.ts'
import { laterOf, type Ports } from './ports.ts'

const FILE_LIMIT_MS = 30_000

/**
 * Asks the gateways of a bill's payments for settlement files that have not come, and has new ones booked. First it looks
 * among the lines that nobody could place: a file may have come before we knew of the payment.
 */
export const settlementActivities = (ports: Ports) => ({
  askSettlement: async ({ billId, key, now }: { billId: string; key: string; now: number }): Promise<string> => {
    for (const lineId of await unplacedLinesOfBill(ports.sql, billId)) await ports.wake(await bookLine(ports, lineId, laterOf(now, ports)))
    let received = 0
    for (const name of await gatewaysOfBill(ports.sql, billId)) {
      const gateway = ports.gateway(name)
      const offered = await withHeartbeat(FILE_LIMIT_MS, (signal) => gateway.settlementFiles(signal))
      const known = await knownStatements(ports.sql, name, offered)
      for (const file of offered.filter((one) => !known.has(one))) {
        const content = await withHeartbeat(FILE_LIMIT_MS, (signal) => gateway.settlementFile(file, signal))
        const parsed = gateway.parseSettlement(content)
        const { statementId } = await transaction(ports.sql, (tx) =>
          receiveStatement(tx, { gateway: name, file: parsed, content, actor: 'engine' }, laterOf(now, ports)),
        )
        await ports.postStatement(statementId)
        received += 1
      }
    }
    await transaction(ports.sql, (tx) => recordSettlementAsk(tx, billId, key, laterOf(now, ports)))
    return `${received} new settlement files`
  },
})
