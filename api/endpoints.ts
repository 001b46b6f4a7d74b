import { amendBillEndpoint } from './bills/amend-bill.ts'
import { createBatchEndpoint } from './batches/create-batch.ts'
import { getBatchEndpoint } from './batches/get-batch.ts'
import { getBatchPreviewEndpoint } from './batches/get-batch-preview.ts'
import { getBatchResultsEndpoint } from './batches/get-batch-results.ts'
import { listBatchesEndpoint } from './batches/list-batches.ts'
import { listBatchEventsEndpoint } from './batches/list-batch-events.ts'
import { listBatchRowsEndpoint } from './batches/list-batch-rows.ts'
import {
  cancelBatchEndpoint,
  issueBatchEndpoint,
  pauseBatchEndpoint,
  rerunBatchEndpoint,
  resumeBatchEndpoint,
  undoBatchEndpoint,
} from './batches/order-batch.ts'
import { putBatchRowsEndpoint } from './batches/put-batch-rows.ts'
import { cancelBillEndpoint } from './bills/cancel-bill.ts'
import { createBillEndpoint } from './bills/create-bill.ts'
import { extendBillEndpoint } from './bills/extend-bill.ts'
import { getBillForecastEndpoint } from './bills/get-bill-forecast.ts'
import { getBillEndpoint } from './bills/get-bill.ts'
import { listBillEventsEndpoint } from './bills/list-bill-events.ts'
import { listBillsEndpoint } from './bills/list-bills.ts'
import { pauseBillEndpoint } from './bills/pause-bill.ts'
import { resumeBillEndpoint } from './bills/resume-bill.ts'
import { writeOffBillEndpoint } from './bills/write-off-bill.ts'
import { cancelCheckoutEndpoint } from './checkouts/cancel-checkout.ts'
import { setContactEndpoint } from './citizens/set-contact.ts'
import { createDeliveryReportEndpoint } from './deliveries/create-delivery-report.ts'
import { getDeliveryEndpoint } from './deliveries/get-delivery.ts'
import { listDeliveriesEndpoint } from './deliveries/list-deliveries.ts'
import { listDeliveryEventsEndpoint } from './deliveries/list-delivery-events.ts'
import { resendDeliveryEndpoint } from './deliveries/resend-delivery.ts'
import { createCheckoutEndpoint } from './checkouts/create-checkout.ts'
import { getCheckoutEndpoint } from './checkouts/get-checkout.ts'
import { listCheckoutEventsEndpoint } from './checkouts/list-checkout-events.ts'
import { listCheckoutsEndpoint } from './checkouts/list-checkouts.ts'
import type { Endpoint } from './endpoint.ts'
import { listEventsEndpoint } from './events/list-events.ts'
import { assignExceptionEndpoint } from './exceptions/assign-exception.ts'
import { dismissExceptionEndpoint } from './exceptions/dismiss-exception.ts'
import { getExceptionEndpoint } from './exceptions/get-exception.ts'
import { listExceptionEventsEndpoint } from './exceptions/list-exception-events.ts'
import { listExceptionsEndpoint } from './exceptions/list-exceptions.ts'
import { matchExceptionEndpoint } from './exceptions/match-exception.ts'
import { refundExceptionEndpoint } from './exceptions/refund-exception.ts'
import { createInstitutionEndpoint } from './institutions/create-institution.ts'
import { getInstitutionEndpoint } from './institutions/get-institution.ts'
import { getPolicyEndpoint } from './institutions/get-policy.ts'
import { listInstitutionEventsEndpoint } from './institutions/list-institution-events.ts'
import { listInstitutionsEndpoint } from './institutions/list-institutions.ts'
import { listPoliciesEndpoint } from './institutions/list-policies.ts'
import { listPolicyVersionsEndpoint } from './institutions/list-policy-versions.ts'
import { deleteMappingEndpoint } from './mappings/delete-mapping.ts'
import { getMappingEndpoint } from './mappings/get-mapping.ts'
import { listMappingsEndpoint } from './mappings/list-mappings.ts'
import { putMappingEndpoint } from './mappings/put-mapping.ts'
import { createObjectionEndpoint } from './objections/create-objection.ts'
import { decideObjectionEndpoint } from './objections/decide-objection.ts'
import { getObjectionEndpoint } from './objections/get-objection.ts'
import { listObjectionsEndpoint } from './objections/list-objections.ts'
import { listObjectionEventsEndpoint } from './objections/list-objection-events.ts'
import { putPolicyEndpoint } from './institutions/put-policy.ts'
import { rehearsePolicyEndpoint } from './institutions/rehearse-policy.ts'
import { setApprovalEndpoint } from './institutions/set-approval.ts'
import { createKeyEndpoint } from './keys/create-key.ts'
import { getKeyEndpoint } from './keys/get-key.ts'
import { listKeyEventsEndpoint } from './keys/list-key-events.ts'
import { listKeysEndpoint } from './keys/list-keys.ts'
import { revokeKeyEndpoint } from './keys/revoke-key.ts'
import { getExcessEndpoint } from './excesses/get-excess.ts'
import { listExcessesEndpoint } from './excesses/list-excesses.ts'
import { listExcessEventsEndpoint } from './excesses/list-excess-events.ts'
import { allocateExcessEndpoint, refundExcessEndpoint } from './excesses/release-excess.ts'
import { getPaymentEndpoint } from './payments/get-payment.ts'
import { listPaymentsEndpoint } from './payments/list-payments.ts'
import { listPaymentEventsEndpoint } from './payments/list-payment-events.ts'
import { approveRefundEndpoint, declineRefundEndpoint } from './refunds/decide-refund.ts'
import { createRefundsEndpoint } from './refunds/create-refunds.ts'
import { getRefundEndpoint } from './refunds/get-refund.ts'
import { giveRefundAccountEndpoint } from './refunds/give-refund-account.ts'
import { listRefundsEndpoint } from './refunds/list-refunds.ts'
import { listRefundEventsEndpoint } from './refunds/list-refund-events.ts'
import { payOutRefundEndpoint } from './refunds/pay-out-refund.ts'
import { refuseRefundAccountEndpoint } from './refunds/refuse-refund-account.ts'
import { getReportEndpoint } from './reports/get-report.ts'
import { compareRunsEndpoint } from './service/compare-runs.ts'
import { getDiagnosisEndpoint } from './service/get-diagnosis.ts'
import { getProviderEndpoint } from './providers/get-provider.ts'
import { listProviderEventsEndpoint } from './providers/list-provider-events.ts'
import { listProvidersEndpoint } from './providers/list-providers.ts'
import { resumeProviderEndpoint, stopProviderEndpoint } from './providers/switch-provider.ts'
import { getHealthEndpoint } from './service/get-health.ts'
import { openapiEndpoint } from './service/get-openapi.ts'
import { getReadinessEndpoint } from './service/get-readiness.ts'
import { recordRestoreEndpoint } from './service/record-restore.ts'
import { repairRunsEndpoint } from './service/repair-runs.ts'
import { verifyLogsEndpoint } from './service/verify-logs.ts'
import { createStatementEndpoint } from './statements/create-statement.ts'
import { getStatementEndpoint } from './statements/get-statement.ts'
import { listStatementEventsEndpoint } from './statements/list-statement-events.ts'
import { listLinesEndpoint } from './statements/list-lines.ts'
import { listStatementsEndpoint } from './statements/list-statements.ts'
import { createWebhookEndpoint } from './webhook-endpoints/create-endpoint.ts'
import { listWebhookAttempts, listWebhookDeliveries } from './webhook-endpoints/list-deliveries.ts'
import { getWebhookEndpoint, listWebhookEndpoints } from './webhook-endpoints/read-endpoints.ts'
import { redeliverWebhooks } from './webhook-endpoints/redeliver.ts'
import { rotateWebhookSecret } from './webhook-endpoints/rotate-secret.ts'
import { deleteWebhookEndpoint, disableWebhookEndpoint, enableWebhookEndpoint } from './webhook-endpoints/switch-endpoint.ts'
import { testWebhookEndpoint } from './webhook-endpoints/test-endpoint.ts'
import { updateWebhookEndpoint } from './webhook-endpoints/update-endpoint.ts'
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
  extendBillEndpoint,
  amendBillEndpoint,
  createObjectionEndpoint,
  listObjectionsEndpoint,
  getObjectionEndpoint,
  listObjectionEventsEndpoint,
  decideObjectionEndpoint,
  createBatchEndpoint,
  putBatchRowsEndpoint,
  listBatchesEndpoint,
  getBatchEndpoint,
  listBatchRowsEndpoint,
  getBatchPreviewEndpoint,
  getBatchResultsEndpoint,
  listBatchEventsEndpoint,
  issueBatchEndpoint,
  pauseBatchEndpoint,
  resumeBatchEndpoint,
  cancelBatchEndpoint,
  rerunBatchEndpoint,
  undoBatchEndpoint,
  putMappingEndpoint,
  listMappingsEndpoint,
  getMappingEndpoint,
  deleteMappingEndpoint,
  listDeliveriesEndpoint,
  getDeliveryEndpoint,
  listDeliveryEventsEndpoint,
  resendDeliveryEndpoint,
  createDeliveryReportEndpoint,
  setContactEndpoint,
  createCheckoutEndpoint,
  listCheckoutsEndpoint,
  getCheckoutEndpoint,
  listCheckoutEventsEndpoint,
  cancelCheckoutEndpoint,
  createRefundsEndpoint,
  listRefundsEndpoint,
  getRefundEndpoint,
  listRefundEventsEndpoint,
  giveRefundAccountEndpoint,
  payOutRefundEndpoint,
  refuseRefundAccountEndpoint,
  approveRefundEndpoint,
  declineRefundEndpoint,
  listPaymentsEndpoint,
  getPaymentEndpoint,
  listPaymentEventsEndpoint,
  listExcessesEndpoint,
  getExcessEndpoint,
  listExcessEventsEndpoint,
  refundExcessEndpoint,
  allocateExcessEndpoint,
  createInstitutionEndpoint,
  listInstitutionsEndpoint,
  getInstitutionEndpoint,
  listInstitutionEventsEndpoint,
  setApprovalEndpoint,
  putPolicyEndpoint,
  listPoliciesEndpoint,
  getPolicyEndpoint,
  listPolicyVersionsEndpoint,
  rehearsePolicyEndpoint,
  createKeyEndpoint,
  listKeysEndpoint,
  getKeyEndpoint,
  listKeyEventsEndpoint,
  revokeKeyEndpoint,
  createStatementEndpoint,
  listStatementsEndpoint,
  getStatementEndpoint,
  listLinesEndpoint,
  listStatementEventsEndpoint,
  listExceptionsEndpoint,
  getExceptionEndpoint,
  listExceptionEventsEndpoint,
  assignExceptionEndpoint,
  matchExceptionEndpoint,
  refundExceptionEndpoint,
  dismissExceptionEndpoint,
  getReportEndpoint,
  listEventsEndpoint,
  createWebhookEndpoint,
  listWebhookEndpoints,
  getWebhookEndpoint,
  updateWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  testWebhookEndpoint,
  redeliverWebhooks,
  listWebhookDeliveries,
  listWebhookAttempts,
  channelWebhookEndpoint,
  gatewayWebhookEndpoint,
  listProvidersEndpoint,
  getProviderEndpoint,
  listProviderEventsEndpoint,
  stopProviderEndpoint,
  resumeProviderEndpoint,
  getHealthEndpoint,
  getReadinessEndpoint,
  getDiagnosisEndpoint,
  verifyLogsEndpoint,
  compareRunsEndpoint,
  repairRunsEndpoint,
  recordRestoreEndpoint,
  openapiEndpoint(() => endpoints),
]
