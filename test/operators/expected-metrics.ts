/** Every metric of ours, by process, with its labels. Written by hand: operators' own rules rest on them. */
export const LABELS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  api: {
    goji_backlog_items: ['backlog'],
    goji_backlog_oldest_age_seconds: ['backlog'],
    goji_bills: ['stage', 'status'],
    goji_bills_sampled_ratio: [],
    goji_books_readable: [],
    goji_exceptions_oldest_age_seconds: ['kind'],
    goji_exceptions_open: ['kind'],
    goji_http_request_duration_seconds: ['method', 'route'],
    goji_http_requests_total: ['method', 'route', 'status'],
    goji_invariant_violations: ['invariant'],
    goji_invariants_unread: [],
    goji_money_bookings_total: ['flow', 'currency'],
    goji_money_minor_units_total: ['flow', 'currency'],
    goji_provider_stopped: ['kind', 'provider'],
    goji_provider_stopped_age_seconds: ['kind', 'provider'],
  },
  worker: {
    goji_provider_call_duration_seconds: ['kind', 'provider', 'operation'],
    goji_provider_calls_total: ['kind', 'provider', 'operation', 'outcome'],
  },
}
