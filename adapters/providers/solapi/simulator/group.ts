/** The account of one request that Solapi answers with: counts, prices and dates of the group of messages. */
export function groupInfo(groupId: string, total: number, failed: number, now: number): object {
  const none = {
    sms: 0, lms: 0, mms: 0, ata: 0, cta: 0, cti: 0, nsa: 0, rcs_sms: 0, rcs_lms: 0, rcs_mms: 0, rcs_tpl: 0, rcs_itpl: 0, rcs_ltpl: 0,
    fax: 0, voice: 0, bms_text: 0, bms_image: 0, bms_wide: 0, bms_wide_item_list: 0, bms_carousel_feed: 0, bms_premium_video: 0,
    bms_commerce: 0, bms_carousel_commerce: 0, bms_free: 0,
  } // prettier-ignore
  const date = new Date(now).toISOString()
  return {
    groupId,
    accountId: 'ACCOUNT',
    masterAccountId: null,
    apiVersion: '4',
    status: 'SENDING',
    allowDuplicates: false,
    isRefunded: false,
    count: {
      total,
      sentTotal: 0,
      sentFailed: 0,
      sentSuccess: 0,
      sentPending: 0,
      sentReplacement: 0,
      refund: 0,
      registeredFailed: failed,
      registeredSuccess: total - failed,
    },
    countForCharge: Object.fromEntries(Object.keys(none).map((kind) => [kind, {}])),
    balance: { requested: 0, replacement: 0, refund: 0, sum: 0 },
    point: { requested: 0, replacement: 0, refund: 0, sum: 0 },
    app: { profit: none, appId: null },
    log: [],
    price: {},
    scheduledDate: null,
    dateSent: null,
    dateCompleted: null,
    dateCreated: date,
    dateUpdated: date,
  }
}
