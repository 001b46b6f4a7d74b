import { escape } from '../escape.ts'

/** A plain page of a simulator: one column, no script. */
export const page = (title: string, body: string, language = 'en'): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
body { font: 1rem/1.6 system-ui, "Noto Sans KR", sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #1b1d21; background: #fff }
article, form { border: 1px solid #6b7280; border-radius: .5rem; padding: 1rem; margin: 1rem 0; white-space: pre-wrap; word-break: keep-all; overflow-wrap: anywhere }
button { font: inherit; padding: .5rem 1rem; margin: .25rem .25rem .25rem 0 }
</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
${body}
</main></body>
</html>
`
