import { citizenTotals } from '../../../store/bills/citizen-totals.ts'
import { listCitizenBills, type BillGroup } from '../../../store/bills/list-citizen-bills.ts'
import { institutionsOfCitizen } from '../../../store/institutions/institutions-of-citizen.ts'
import { readBillViews } from '../../bill-view.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import type { Context } from '../../http/context.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { errorSummary } from '../../parts/pieces.ts'
import { type ListQuery, listAddress, readListQuery } from './query.ts'
import type { Section } from './section.ts'
import { doneSection, filterForm, noticesSection, toPaySection } from './sections.ts'
import { summary } from './summary.ts'

/** As many bills as one form pays at once comfortably, and one page shows. */
const PAGE_SIZE = 50
/** Finished bills shown folded below the open ones; the rest has pages of its own. */
const DONE_SHOWN = 10

/** All of a citizen's bills of all institutions at a glance. */
export async function billsPage(context: Context): Promise<void> {
  const { root, visitor, text, language, request } = context
  if (!visitor.session) return askToSignIn(context)
  const { citizenId } = visitor.session
  const query = readListQuery(request)
  const [totals, institutions, sections] = await Promise.all([
    citizenTotals(root.sql, citizenId, context.now),
    institutionsOfCitizen(root.sql, citizenId),
    readSections(context, citizenId, query),
  ])
  const { toPay, notices, done } = sections
  const shown = [toPay, notices, done].flatMap((section) => section?.views ?? [])
  if (query.page > 1 && shown.length === 0) return leadTo(context, listAddress(query, { page: 1 }))
  const filtered = query.state !== null || query.institution !== null
  sendPage(context, {
    title: text.list.title,
    hasError: query.chosenMissing,
    main: html`${errorSummary(text, query.chosenMissing ? [{ field: 'to-pay', message: text.list.chosenMissing }] : [])}
      <h1>${text.list.title}</h1>
      ${summary({ text, language, totals, next: toPay?.views.find(({ bill, dueAt }) => bill.status !== 'overdue' && dueAt !== null) ?? null, payable: (toPay?.views.length ?? 0) > 0 })}
      ${(institutions.length > 1 || filtered) && filterForm(query, institutions, text, language)}
      ${filtered && shown.length === 0 && html`<p class="g-empty">${text.list.nothingFiltered}</p>`}
      ${toPay && toPaySection(toPay, query, context)} ${notices && noticesSection(notices, context)}
      ${done && doneSection(done, query, context)}`,
  })
}

async function readSections(
  context: Context,
  citizenId: string,
  query: ListQuery,
): Promise<{ toPay: Section | null; notices: Section | null; done: Section | null }> {
  const { root, language, now } = context
  const { state, institution: institutionId, page } = query
  const read = async (group: BillGroup, shown: boolean, limit: number, ownPages: boolean): Promise<Section | null> => {
    if (!shown) return null
    const offset = ownPages ? (page - 1) * limit : 0
    const { ids, total } = await listCitizenBills(root.sql, {
      citizenId,
      group,
      institutionId,
      overdueOnly: state === 'overdue',
      limit,
      offset,
    })
    if (ids.length === 0) return null
    return {
      views: await readBillViews(root.sql, ids, language, now),
      total,
      page: ownPages ? page : 1,
      pages: ownPages ? Math.ceil(total / limit) : 1,
    }
  }
  const first = page === 1
  const [toPay, notices, done] = await Promise.all([
    read('toPay', state === null || state === 'open' || state === 'overdue', PAGE_SIZE, true),
    read('notices', state === 'notices' || (first && (state === null || state === 'open')), PAGE_SIZE, state === 'notices'),
    read('done', state === 'done' || (first && state === null), state === 'done' ? PAGE_SIZE : DONE_SHOWN, state === 'done'),
  ])
  return { toPay, notices, done }
}
