import { createHash } from 'node:crypto'

/** The page's whole style sheet: one column, large targets, a focus ring on everything that takes focus. */
export const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f4f5f6;color:#1e2124;font:1.0625rem/1.6 "Pretendard GOV",Pretendard,"Noto Sans KR","Noto Sans CJK KR",system-ui,sans-serif;word-break:keep-all;overflow-wrap:anywhere}
.note{margin:0;padding:.75rem 1rem;background:#fff3db;border-bottom:1px solid #6d4f00;color:#1e2124;text-align:center}
main{max-width:34rem;margin:0 auto;padding:1.5rem 1rem 3rem;background:#fff}
h1{margin:0 0 1rem;font-size:1.75rem;line-height:1.3}
h2{margin:0 0 .25rem;font-size:1.125rem}
dl{margin:0 0 1.5rem;padding:1rem;border:1px solid #b1b8be;border-radius:.5rem}
dt{color:#464c53}
dd{margin:0 0 .75rem;font-weight:700}
dd:last-child{margin:0}
.amount{font-size:1.5rem}
fieldset{margin:0 0 1.5rem;padding:0;border:0}
legend,.label{padding:0;margin-bottom:.5rem;font-weight:700;display:block}
.choice{display:flex;align-items:center;gap:.75rem;min-height:3rem;margin-bottom:.5rem;padding:.5rem 1rem;border:1px solid #58616a;border-radius:.5rem;cursor:pointer}
.choice:has(:checked){border-color:#0b50d0;box-shadow:inset 0 0 0 1px #0b50d0}
.choice input{flex:none;width:1.5rem;height:1.5rem;margin:0;accent-color:#0b50d0}
.hint{margin:0 0 .5rem;color:#464c53}
select{width:100%;min-height:3rem;margin-bottom:1.5rem;padding:.5rem;border:1px solid #58616a;border-radius:.5rem;background:#fff;color:inherit;font:inherit}
.button{display:block;width:100%;min-height:3.25rem;padding:.75rem 1rem;border:0;border-radius:.5rem;background:#0b50d0;color:#fff;font:inherit;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
.button:hover{background:#083891}
.quiet{margin-top:.5rem;background:none;color:#0b50d0;font-weight:400;text-decoration:underline}
.quiet:hover{background:none;color:#083891}
.error{margin:0 0 1.5rem;padding:1rem;border:2px solid #bd2c0f;border-radius:.5rem}
.error p{margin:0}
:focus-visible,.choice:focus-within{outline:3px solid #1e2124;outline-offset:2px}
.choice input:focus-visible{outline:none}
@media (forced-colors:active){.choice:has(:checked){outline:2px solid}}
`

/** For the Content-Security-Policy, which allows this style sheet and no other. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`
