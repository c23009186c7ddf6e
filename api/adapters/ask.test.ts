import { afterEach, describe, expect, it } from 'vitest'
import { serve, type Handler, type Served } from '#dev/stand-ins/shared/serve.ts'
import { ask, MAX_REPLY_BYTES, NoAnswer } from './ask.ts'

const open: Served[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()))
})

async function server(handler: Handler): Promise<Served> {
  const served = await serve({ host: '127.0.0.1', port: 0 }, handler)
  open.push(served)
  return served
}

const question = (url: string, timeoutMs = 1000) => ({
  what: 'test: ask',
  method: 'GET' as const,
  url: `${url}/x?passphrase=hush-hush`,
  headers: { authorization: 'Bearer hush-hush' },
  timeoutMs,
})

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('ask', () => {
  it('takes every status for an answer', async () => {
    const { url } = await server(async () => ({ status: 503, headers: { 'retry-after': '7' }, body: 'busy' }))
    expect(await ask(question(url))).toEqual({ status: 503, text: 'busy', retryAfterMs: 7000 })
  })

  it('does not follow a redirect, which would carry the secrets along', async () => {
    const paths: string[] = []
    const { url } = await server(async (asked) => {
      paths.push(asked.path)
      return { status: 307, headers: { location: '/elsewhere' } }
    })
    expect((await ask(question(url))).status).toBe(307)
    expect(paths).toEqual(['/x'])
  })

  it('stops waiting, and says neither where nor with what it asked', async () => {
    const { url } = await server(() => new Promise(() => undefined))
    const error = await caught(ask(question(url, 50)))
    expect(error).toBeInstanceOf(NoAnswer)
    expect(error).toMatchObject({ reason: 'timeout' })
    expect(everythingIn(error)).not.toMatch(/hush|127\.0\.0\.1|passphrase/)
  })

  it('waits no longer for a body that never ends than for one that never begins', async () => {
    const endless = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) })
    const send = (_: string, init: RequestInit): Promise<Response> => {
      return Promise.resolve(
        new Response(
          endless.pipeThrough(new TransformStream(), init.signal === null || init.signal === undefined ? {} : { signal: init.signal }),
        ),
      )
    }
    expect(await caught(ask(question('http://127.0.0.1:1', 50), send))).toMatchObject({ reason: 'timeout' })
  })

  it('names the reason of a refused connection and nothing else', async () => {
    const gone = await server(async () => ({ status: 200 }))
    await gone.stop()
    const error = await caught(ask(question(gone.url)))
    expect(error).toMatchObject({ reason: 'network', message: 'test: ask: no answer (network, ECONNREFUSED)' })
    expect(everythingIn(error)).not.toMatch(/hush|passphrase/)
  })

  it('reads no more than it can hold', async () => {
    const { url } = await server(async () => ({ status: 200, body: 'x'.repeat(MAX_REPLY_BYTES + 1) }))
    expect(await caught(ask(question(url)))).toMatchObject({ reason: 'too_long' })
  })
})

/** All that a logger could print of an error. */
function everythingIn(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${String(error.cause)}` : String(error)
}
