import { Hono } from 'hono'

/** What the product is measured against: the same framework with nothing to decide. */
const app = new Hono()
  .get('/r/:code', (c) => c.redirect('http://stam.localhost/l/bench', 302))
  // Sends what it is handed, one request after another, as a sale sends its reading and its writing.
  .post('/sql', async (c) => {
    const { endpoint, headers, bodies } = await c.req.json<{ endpoint: string; headers: Record<string, string>; bodies: string[] }>()
    for (const body of bodies) {
      const answer = await fetch(endpoint, { method: 'POST', headers, body })
      const text = await answer.text()
      if (!answer.ok) return c.text(text, 502)
    }
    return c.json({ outcome: 'sent' })
  })

export default app
