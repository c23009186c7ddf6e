import { Hono } from 'hono'

/** The limit that the product's redirect is measured against: the same framework with one route and nothing to do. */
const app = new Hono().get('/r/:code', (c) => c.redirect('http://stam.localhost/l/bench', 302))

export default app
