/**
 * What the platform does beside the Worker, as small as it can be: a KV namespace, a queue that takes everything, no static files, a rate
 * limit that never says no, and a mail provider that accepts every letter. workerd turns each binding's calls into requests to this.
 */

const values = new Map<string, string>()
let taken = 0

async function fetch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname === '/message' || pathname === '/batch') return take(request)
  if (pathname === '/emails/batch') return Response.json({ data: [] })
  if (pathname === '/emails') return Response.json({ id: crypto.randomUUID() })
  if (pathname === '/taken') return Response.json({ taken })
  if (request.method === 'PUT') values.set(pathname, await request.text())
  if (request.method === 'DELETE') values.delete(pathname)
  const value = request.method === 'GET' ? values.get(pathname) : ''
  return value === undefined ? new Response(null, { status: 404 }) : new Response(value)
}

async function take(request: Request): Promise<Response> {
  await request.arrayBuffer()
  taken += 1
  return Response.json({ metadata: { metrics: { backlogCount: taken, backlogBytes: 0 } } })
}

export default { fetch }

/** Called by workerd's own RPC: the method's one argument, then what every handler gets. */
export const Limit = { limit: (_input: { key: string }): { success: boolean } => ({ success: true }) }
