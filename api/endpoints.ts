import { cancelBillEndpoint } from './bills/cancel-bill.ts'
import { createBillEndpoint } from './bills/create-bill.ts'
import { getBillForecastEndpoint } from './bills/get-bill-forecast.ts'
import { getBillEndpoint } from './bills/get-bill.ts'
import { listBillEventsEndpoint } from './bills/list-bill-events.ts'
import { listBillsEndpoint } from './bills/list-bills.ts'
import { pauseBillEndpoint } from './bills/pause-bill.ts'
import { resumeBillEndpoint } from './bills/resume-bill.ts'
import { writeOffBillEndpoint } from './bills/write-off-bill.ts'
import { cancelCheckoutEndpoint } from './checkouts/cancel-checkout.ts'
import { createCheckoutEndpoint } from './checkouts/create-checkout.ts'
import { getCheckoutEndpoint } from './checkouts/get-checkout.ts'
import type { Endpoint } from './endpoint.ts'
import { createInstitutionEndpoint } from './institutions/create-institution.ts'
import { listInstitutionsEndpoint } from './institutions/list-institutions.ts'
import { putPolicyEndpoint } from './institutions/put-policy.ts'
import { createKeyEndpoint } from './keys/create-key.ts'
import { revokeKeyEndpoint } from './keys/revoke-key.ts'
import { getReportEndpoint } from './reports/get-report.ts'
import { getHealthEndpoint } from './service/get-health.ts'
import { openapiEndpoint } from './service/get-openapi.ts'
import { getReadinessEndpoint } from './service/get-readiness.ts'
import { createStatementEndpoint } from './statements/create-statement.ts'
import { getStatementEndpoint } from './statements/get-statement.ts'
import { listStatementsEndpoint } from './statements/list-statements.ts'
import { channelWebhookEndpoint } from './webhooks/channel-webhook.ts'
import { gatewayWebhookEndpoint } from './webhooks/gateway-webhook.ts'

/** Every endpoint, in the order of the reference. */
export const endpoints: readonly Endpoint[] = [
  createBillEndpoint,
  listBillsEndpoint,
  getBillEndpoint,
  listBillEventsEndpoint,
  getBillForecastEndpoint,
  cancelBillEndpoint,
  pauseBillEndpoint,
  resumeBillEndpoint,
  writeOffBillEndpoint,
  createCheckoutEndpoint,
  getCheckoutEndpoint,
  cancelCheckoutEndpoint,
  createInstitutionEndpoint,
  listInstitutionsEndpoint,
  putPolicyEndpoint,
  createKeyEndpoint,
  revokeKeyEndpoint,
  createStatementEndpoint,
  listStatementsEndpoint,
  getStatementEndpoint,
  getReportEndpoint,
  channelWebhookEndpoint,
  gatewayWebhookEndpoint,
  getHealthEndpoint,
  getReadinessEndpoint,
  openapiEndpoint(() => endpoints),
]
