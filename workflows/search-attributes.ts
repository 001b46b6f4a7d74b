import { defineSearchAttributeKey } from '@temporalio/common'

/** Typed keys of domain/search-attributes.ts. */
export const searchAttributes = {
  stage: defineSearchAttributeKey('BillStage', 'KEYWORD'),
  status: defineSearchAttributeKey('BillStatus', 'KEYWORD'),
  institution: defineSearchAttributeKey('Institution', 'KEYWORD'),
  dueDate: defineSearchAttributeKey('BillDueDate', 'DATETIME'),
  paused: defineSearchAttributeKey('Paused', 'BOOL'),
}
