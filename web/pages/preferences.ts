import { type Preferences, readPreferences } from '../../store/citizens/read-preferences.ts'
import { updatePreferences } from '../../store/citizens/update-preferences.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { askToSignIn, leadTo } from '../http/answers.ts'
import { type Context, fieldsOf, queryOf } from '../http/context.ts'
import { setCookie } from '../http/cookies.ts'
import { holderOf, isOwnFormKey, newFormKey } from '../http/form-key.ts'
import { type Child, html } from '../html.ts'
import { INBOX } from '../inbox.ts'
import { sendPage } from '../parts/layout.ts'
import { errorSummary } from '../parts/pieces.ts'
import { isLanguage } from '../texts/index.ts'
import { maskAddress } from '../words/mask.ts'

const YEAR_MS = 365 * 86_400_000
const ZONES = Intl.supportedValuesOf('timeZone')

/** In which language and by which channel a citizen wants to hear from us. */
export async function preferencesPage(context: Context): Promise<void> {
  const { root, visitor } = context
  if (!visitor.session) return askToSignIn(context)
  showPreferences(context, await readPreferences(root.sql, visitor.session.citizenId))
}

/** Keeps what was chosen. A channel that the citizen has not registered, or that is not there, cannot be chosen. */
export async function savePreferences(context: Context): Promise<void> {
  const { root, visitor, request, response, now, text } = context
  if (!visitor.session) return askToSignIn(context)
  const { citizenId } = visitor.session
  const fields = fieldsOf(request)
  const preferences = await readPreferences(root.sql, citizenId)
  if (!isOwnFormKey(root.config, visitor, fields.one('key'))) return showPreferences(context, preferences, text.preferences.expired)
  const chosen = fields.one('language')
  const language = isLanguage(chosen) ? chosen : preferences.language
  const preferredChannels = channelsFor(context, preferences).filter((channel) => channel === fields.one('channel'))
  const zone = zoneFrom(fields.one('zone'), preferences)
  await transaction(root.sql, (tx) => updatePreferences(tx, citizenId, { language, preferredChannels, zone }, now))
  setCookie(root.config, response, 'language', language, YEAR_MS)
  leadTo(context, '/preferences?saved')
}

/** What was not asked, or is no zone, changes nothing. */
const zoneFrom = (chosen: string | undefined, { zone }: Preferences): string | null =>
  chosen === '' ? null : chosen !== undefined && ZONES.includes(chosen) ? chosen : zone

const channelsFor = ({ root }: Context, { contacts }: Preferences): string[] =>
  [...new Set([INBOX, ...contacts.map(({ channel }) => channel)])].filter((channel) => root.adapters.channelNames.includes(channel))

function showPreferences(context: Context, preferences: Preferences, problem?: string): void {
  const { text, request, root, visitor } = context
  const words = text.preferences
  const first = preferences.preferredChannels[0] ?? ''
  sendPage(context, {
    title: words.title,
    status: problem === undefined ? 200 : 409,
    hasError: problem !== undefined,
    path: '/preferences',
    main: html`${problem !== undefined && errorSummary(text, [{ field: 'preferences', message: problem }])}
      ${queryOf(request).has('saved') && html`<p class="g-note g-note-success" role="status">${words.saved}</p>`}
      <h1>${words.title}</h1>
      <form id="preferences" tabindex="-1" class="g-form" method="post" action="/preferences">
        <input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor))}" />
        <fieldset class="g-choices">
          <legend>${words.language}</legend>
          ${(['ko', 'en'] as const).map((one) => choice('language', one, html`<span lang="${one}">${words.languages[one]}</span>`, null, preferences.language === one))}
        </fieldset>
        <fieldset class="g-choices" aria-describedby="channel-hint">
          <legend>${words.channel}</legend>
          <p class="g-hint" id="channel-hint">${words.channelHint}</p>
          ${choice('channel', '', words.asInstitution, words.asInstitutionHint, first === '')}
          ${channelsFor(context, preferences).map((channel) => choice('channel', channel, text.channels[channel] ?? channel, words.meanings[channel] ?? null, first === channel))}
        </fieldset>
        <p class="g-field">
          <label for="zone">${words.zone}</label>
          <span class="g-hint" id="zone-hint">${words.zoneHint}</span>
          ${zoneList(preferences, words.zoneOfInstitution)}
        </p>
        <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${words.save}</button></p>
      </form>
      <section aria-labelledby="contacts">
        <h2 id="contacts">${words.contacts}</h2>
        <p class="g-hint">${words.contactsHint}</p>
        ${preferences.contacts.length === 0 ? html`<p>${words.contactsNone}</p>` : contactsTable(preferences, context)}
      </section>`,
  })
}

const zoneList = ({ zone }: Preferences, none: string): Child => {
  const zones = zone === null || ZONES.includes(zone) ? ZONES : [zone, ...ZONES]
  return html`<select id="zone" name="zone" class="krds-form-select large" aria-describedby="zone-hint">
    <option value="">${none}</option>
    ${zones.map((one) => html`<option value="${one}" ${one === zone && html`selected`}>${one.replaceAll('_', ' ')}</option>`)}
  </select>`
}

const choice = (name: string, value: string, label: Child, meaning: string | null, chosen: boolean): Child => {
  const id = `${name}-${value === '' ? 'default' : value}`
  return html`<div class="krds-form-check large">
    <input
      type="radio"
      id="${id}"
      name="${name}"
      value="${value}"
      ${chosen && html`checked`}
      ${meaning !== null && html`aria-describedby="${id}-meaning"`}
    />
    <label for="${id}">${label}</label
    >${meaning !== null && html`<div class="krds-form-check-cnt"><p class="krds-form-check-p" id="${id}-meaning">${meaning}</p></div>`}
  </div>`
}

const contactsTable = ({ contacts }: Preferences, { text }: Context): Child =>
  html`<div class="g-table">
    <table>
      <caption class="sr-only">
        ${text.preferences.contactsCaption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text.preferences.contactChannel}</th>
          <th scope="col">${text.preferences.contactAddress}</th>
        </tr>
      </thead>
      <tbody>
        ${contacts.map(
          ({ channel, address }) =>
            html`<tr>
              <th scope="row">${text.channels[channel] ?? channel}</th>
              <td>${maskAddress(address)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
