import type { Context } from '../http/context.ts'
import { html } from '../html.ts'
import { sendPage } from '../parts/layout.ts'

/** What this is, for somebody who comes here first. */
export async function homePage(context: Context): Promise<void> {
  const { text, visitor } = context
  sendPage(context, {
    title: text.tagline,
    indexed: true,
    main: html`<section class="g-hero">
        <h1>${text.home.title}</h1>
        <p class="g-lead">${text.home.lead}</p>
        <p><a class="krds-btn primary xlarge" href="${visitor.session ? '/bills' : '/sign-in'}">${text.home.signIn}</a></p>
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">${text.home.stepsTitle}</h2>
        <ol class="g-steps">
          ${text.home.steps.map(
            (step) =>
              html`<li>
                <h3>${step.title}</h3>
                <p>${step.text}</p>
              </li>`,
          )}
        </ol>
      </section>
      <section class="g-note" aria-labelledby="link">
        <h2 id="link">${text.home.linkTitle}</h2>
        <p>${text.home.link}</p>
      </section>`,
  })
}
