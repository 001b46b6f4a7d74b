import { notFound } from '../../../domain/errors.ts'
import { isId } from '../../../store/ids.ts'
import { readInstitution } from '../../../store/institutions/read-institution.ts'
import { setEndpointState } from '../../../store/webhooks/change-endpoint.ts'
import { type EndpointStateRow, listEndpoints, readEndpoint } from '../../../store/webhooks/endpoint-row.ts'
import { type AttemptRow, listAttempts } from '../../../store/webhooks/list-deliveries.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf, queryOf } from '../../http/context.ts'
import { tellEngine } from '../../http/tell-engine.ts'
import { backLink, badge, facts } from '../../parts/pieces.ts'
import { timeText } from '../../words/dates.ts'
import { assertMay, type ClerkVisit, formKey, may } from '../context.ts'
import { cutPage, readCursor, ROWS } from '../cursor.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { doOnce } from '../once.ts'
import { empty, pages, table } from '../table.ts'
import { ageText, instant } from '../words.ts'

const ATTEMPTS = 20

/** Where events are sent, and how that goes. */
export async function webhooksPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const found = await listEndpoints(root.sql, clerk.owner, { before: readCursor(visit, 'webhooks'), limit: ROWS + 1 })
  const { rows, next } = cutPage(visit, 'webhooks', found, ({ id }) => id)
  sendConsole(visit, {
    title: text.webhooks.title,
    section: 'webhooks',
    main: html`<h1>${text.webhooks.title}</h1>
      <p class="g-lead">${text.webhooks.lead}</p>
      ${
        rows.length === 0
          ? empty(text.webhooks.empty)
          : table(text.webhooks.caption, rows, [
              {
                title: text.webhooks.url,
                cell: (row) =>
                  html`<a href="${pathOf('webhooks')}/${row.id}">${row.description}</a>
                    <p>${row.url}</p>`,
              },
              { title: text.webhooks.state, cell: (row) => health(visit, row) },
              { title: text.webhooks.waiting, cell: (row) => waiting(visit, row) },
              { title: text.webhooks.lastError, cell: (row) => row.last_error ?? text.none },
            ])
      }
      ${pages(visit, pathOf('webhooks'), queryOf(request), next)}`,
  })
}

function health({ text, language, now }: ClerkVisit, row: EndpointStateRow): Child {
  if (row.state === 'disabled') return badge('gray', row.disabled_because === 'gone' ? text.webhooks.gone : text.webhooks.disabled)
  if (row.down_since === null) return badge('success', text.webhooks.enabled)
  return badge('danger', text.webhooks.down(timeText(language, 'UTC', row.probe_at ?? now)))
}

const waiting = (visit: ClerkVisit, { pending, oldest_pending_at: oldest }: EndpointStateRow): Child =>
  oldest === null
    ? visit.text.none
    : html`${pending.toLocaleString(visit.language)}
        <p>${visit.text.webhooks.oldest(ageText(visit, oldest))}</p>`

function idOf({ request }: ClerkVisit): string {
  const id = String(request.params['id'])
  if (!isId('whe', id)) throw notFound('webhook_endpoint')
  return id
}

/** One endpoint with its latest calls. */
export async function webhookPage(visit: ClerkVisit): Promise<void> {
  const { root, clerk, text, request } = visit
  const row = await readEndpoint(root.sql, clerk.owner, idOf(visit))
  const [{ zone }, attempts] = await Promise.all([
    readInstitution(root.sql, row.institution_id),
    listAttempts(root.sql, row.id, { before: null, limit: ATTEMPTS, eventId: undefined }),
  ])
  sendConsole(visit, {
    title: `${text.webhooks.title}: ${row.description}`,
    section: 'webhooks',
    main: html`${backLink(pathOf('webhooks'), text.back.webhooks)}
      ${queryOf(request).has('done') && html`<p class="g-note g-note-success" role="status">${text.form.done}</p>`}
      <h1>${row.description}</h1>
      ${facts([
        [text.webhooks.url, html`<code>${row.url}</code>`],
        [text.webhooks.state, health(visit, row)],
        [text.webhooks.events, row.types.length === 0 ? text.webhooks.allEvents : row.types.join(', ')],
        [text.webhooks.waiting, waiting(visit, row)],
        [text.webhooks.givenUp, row.given_up.toLocaleString(visit.language)],
        [
          text.webhooks.lastError,
          row.last_error === null ? text.none : html`${row.last_error} · ${instant(visit, zone, row.last_error_at ?? 0)}`,
        ],
      ])}
      ${may(visit, 'webhooks:write') && turn(visit, row)}
      <section aria-labelledby="attempts">
        <h2 id="attempts">${text.webhooks.attempts}</h2>
        ${attempts.length === 0 ? html`<p>${text.webhooks.noAttempts}</p>` : attemptsTable(visit, attempts, zone)}
      </section>`,
  })
}

const attemptsTable = (visit: ClerkVisit, attempts: readonly AttemptRow[], zone: string): Child => {
  const { text } = visit
  return table(text.webhooks.attemptsCaption, attempts, [
    {
      title: text.webhooks.event,
      cell: (row) =>
        html`${row.type}
          <p><code>${row.event_id}</code></p>`,
    },
    { title: text.webhooks.at, cell: (row) => instant(visit, zone, row.at) },
    {
      title: text.webhooks.result,
      cell: (row) =>
        html`${row.error ?? text.webhooks.ok}${row.status !== null && html` (${row.status})`}${row.ms !== null && html`<p>${row.ms} ms</p>`}`,
    },
  ])
}

const turn = (visit: ClerkVisit, { id, state }: EndpointStateRow): Child => {
  const to = state === 'enabled' ? 'disable' : 'enable'
  return html`<form method="post" action="${pathOf('webhooks')}/${id}" class="g-turn">
    <input type="hidden" name="key" value="${formKey(visit)}" />
    <input type="hidden" name="to" value="${to}" />
    <button class="krds-btn secondary medium" type="submit">${visit.text.webhooks[to]}</button>
  </form>`
}

/** Turns an endpoint on or off. */
export async function turnWebhook(visit: ClerkVisit): Promise<void> {
  const { root, clerk, request, response, now } = visit
  assertMay(visit, 'webhooks:write')
  const id = idOf(visit)
  const state = fieldsOf(request).one('to') === 'enable' ? 'enabled' : 'disabled'
  await doOnce(visit, async (tx) => {
    await setEndpointState(tx, clerk.owner, id, state, { actor: `key:${clerk.key.id}`, now })
    return []
  })
  await tellEngine(visit, 'an endpoint was changed', () => root.engine.wakeWebhook(id))
  response.redirect(303, `${pathOf('webhooks')}/${id}?done`)
}
