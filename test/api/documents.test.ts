import { expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { missing, openWorld } from './open-world.ts'

describeIf(missing === null, missing ?? '')('the reference', () => {
  const world = openWorld()

  it('is served as OpenAPI', async () => {
    const { body, headers } = await world().get('/openapi.json')
    expect(body).toMatchObject({ openapi: '3.1.1', info: { title: 'Goji' } })
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('is shown at /docs with nothing from elsewhere', async () => {
    const page = await fetch(`${world().url}/docs`)
    const html = await page.text()
    expect(page.status).toBe(200)
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
    expect(links.length).toBeGreaterThan(3)
    for (const link of links) {
      expect(link).toMatch(/^\/(docs|openapi)/)
      const file = await fetch(`${world().url}${link}`)
      expect(file.status).toBe(200)
      await file.arrayBuffer()
    }
    expect((await fetch(`${world().url}/docs/package.json`)).status).toBe(404)
  })

  it("stands beside the citizens' pages, which take the rest", async () => {
    const page = await fetch(`${world().url}/sign-in`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    expect((await fetch(`${world().url}/nothing`)).headers.get('content-type')).toContain('text/html')
  })
})
