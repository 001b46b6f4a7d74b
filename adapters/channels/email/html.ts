import type { Notice } from '../../../domain/ports/channel.ts'
import { escape } from '../../kit/escape.ts'
import { WORDING } from './wording.ts'

// Mail readers drop style sheets, so every element carries its own style; the one sheet below only refines.
const FONT = "font-family:'Pretendard GOV',Pretendard,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',Arial,sans-serif"
const TEXT = `${FONT};font-size:16px;line-height:26px;color:#1e2124;word-break:keep-all;overflow-wrap:anywhere`
const SMALL = `${FONT};font-size:14px;line-height:22px;color:#464c53;word-break:keep-all;overflow-wrap:anywhere`

const SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a:focus { outline: 3px solid #1d56bc; outline-offset: 2px; }
@media (max-width: 480px) { .inner { padding-left: 20px !important; padding-right: 20px !important; } .fact th, .fact td { display: block !important; width: auto !important; } .fact th { padding-bottom: 0 !important; border-bottom: 0 !important; } .fact td { padding-top: 2px !important; text-align: left !important; } .button a { display: block !important; } }
@media (prefers-color-scheme: dark) { .page { background: #131416 !important; } .card { background: #1e2124 !important; border-color: #58616a !important; } .ink { color: #f4f5f6 !important; } .pale { color: #cdd1d5 !important; } .line { border-color: #58616a !important; } .fact { border-top-color: #f4f5f6 !important; } .link { color: #8ab4f8 !important; } }
`

// Outlook for Windows knows no max-width: only for it, the column stands in a table of that width.
const FIXED_WIDTH_OPEN = '<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->'
const FIXED_WIDTH_CLOSE = '<!--[if mso]></td></tr></table><![endif]-->'

/**
 * The mail as HTML 4-like tables, which is what mail readers lay out alike: one column of at most 600 pixels, a real table
 * of facts with row headers, a link that looks like a button and its address in plain sight. Everything is escaped.
 */
export function renderHtml(notice: Notice): string {
  const wording = WORDING[notice.language]
  const url = escape(notice.action.url)
  const preview = notice.paragraphs[0] ?? notice.subject
  return `<!doctype html>
<html lang="${notice.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(notice.subject)}</title>
<style>${SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f5f6">
<div role="main">
<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true">${escape(preview)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f5f6">
<tr><td align="center" style="padding:24px 12px">
${FIXED_WIDTH_OPEN}
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #cdd1d5;border-radius:12px">
<tr><td class="inner" align="left" style="padding:36px 40px">
<p class="pale" style="margin:0 0 8px;${SMALL}"><strong>${escape(notice.institution)}</strong> &middot; ${escape(wording.kind[notice.purpose])}</p>
<h1 class="ink" style="margin:0 0 24px;${TEXT};font-size:24px;line-height:34px;font-weight:700">${escape(notice.subject)}</h1>
<p class="ink" style="margin:0 0 16px;${TEXT}">${escape(wording.greeting(notice.citizenName))}</p>
${notice.paragraphs.map((paragraph) => `<p class="ink" style="margin:0 0 16px;${TEXT}">${escape(paragraph)}</p>`).join('\n')}
${facts(notice)}
<table role="presentation" class="button" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:32px 0 24px">
<tr><td align="left"><a href="${url}" style="display:inline-block;padding:14px 32px;${TEXT};font-weight:700;color:#ffffff;background:#1d56bc;border-radius:8px;text-align:center;text-decoration:none">${escape(notice.action.label)}</a></td></tr>
</table>
<p class="pale" style="margin:0;${SMALL}">${escape(wording.linkHelp)}<br><a class="link" href="${url}" style="${SMALL};color:#1d56bc;word-break:break-all">${url}</a></p>
</td></tr>
</table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
<tr><td class="inner" align="left" style="padding:20px 40px">
${wording
  .footer(notice.institution)
  .map((line) => `<p class="pale" style="margin:0 0 8px;${SMALL}">${escape(line)}</p>`)
  .join('\n')}
</td></tr>
</table>
${FIXED_WIDTH_CLOSE}
</td></tr>
</table>
</div>
</body>
</html>
`
}

function facts({ facts: rows }: Notice): string {
  if (rows.length === 0) return ''
  // The roles are said aloud because on a phone the cells are stacked, and then some readers no longer see a table.
  const cell = 'padding:12px 0;border-bottom:1px solid #cdd1d5;vertical-align:top'
  return `<table role="table" class="fact" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 0;border-top:2px solid #1e2124;border-collapse:collapse">
${rows
  .map(
    ({ label, value }) =>
      `<tr role="row"><th role="rowheader" scope="row" class="pale line" align="left" style="${cell};padding-right:16px;width:35%;${TEXT};color:#464c53;font-weight:400;text-align:left">${escape(label)}</th>` +
      `<td role="cell" class="ink line" align="right" style="${cell};${TEXT};font-weight:700;text-align:right">${escape(value)}</td></tr>`,
  )
  .join('\n')}
</table>`
}
