import { type Context, queryOf } from '../../http/context.ts'
import { type Child, html } from '../../html.ts'

const EVERY_SECONDS = 4

const isStopped = ({ request }: Context): boolean => queryOf(request).get('refresh') === 'off'

/** A page that waits loads itself again, unless its reader has stopped that. */
export const refreshOf = (context: Context): { readonly refresh?: number } => (isStopped(context) ? {} : { refresh: EVERY_SECONDS })

/** Look now, and stop or resume looking by itself: what moves has to be stoppable. */
export function refresher(context: Context): Child {
  const { text, request } = context
  const stopped = isStopped(context)
  return html`${stopped && html`<p>${text.preparing.stopped}</p>`}
    <p class="g-actions">
      <a class="krds-btn secondary large" href="${stopped ? `${request.path}?refresh=off` : request.path}">${text.preparing.again}</a>
      <a href="${stopped ? request.path : `${request.path}?refresh=off`}">${stopped ? text.preparing.resume : text.preparing.stop}</a>
    </p>`
}
