import { expect, test } from 'vitest'
import { request } from '#dev/http-client.ts'
import type { Fixtures } from './fixtures.ts'
import { refusalOf, sentenceOf } from './wire.ts'

export function testsOfSites(fixtures: () => Fixtures): void {
  test('health answers while the database does, on both sites', async () => {
    for (const person of [fixtures().weokto(), fixtures().stam()]) {
      const health = await person.get('/api/health')
      expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ ok: true })])
    }
  })

  test('the host alone decides the site; a foreign one is refused everywhere', async () => {
    const { edge } = fixtures()
    expect(await (await request(`${edge.weokto}/api/me`)).json()).toMatchObject({ platform: 'WEOKTO', user: null })
    expect(await (await request(`${edge.stam}/api/me`)).json()).toMatchObject({ platform: 'STAM', user: null })
    const foreign = edge.weokto.replace('weokto.', 'evil.')
    for (const path of ['/', '/api/me', '/api/health', '/r/abcdefgh', '/pay.js', '/webhooks/processor']) {
      const answer = await request(foreign + path)
      expect([path, ...(await refusalOf(answer))]).toEqual([path, 421, 'misdirected_host'])
    }
    // What a header claims changes nothing.
    const claimed = await request(`${edge.weokto}/api/me`, { headers: { 'x-forwarded-host': new URL(edge.stam).host } })
    expect(await claimed.json()).toMatchObject({ platform: 'WEOKTO' })
  })

  test('every answer, refusals included, carries the security headers', async () => {
    for (const path of ['/api/me', '/api/nothing-here', '/nothing.js', '/api/sessions']) {
      const { headers } = await fixtures().stam().get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain(`frame-src ${new URL(fixtures().vault.url).origin}`)
      expect(policy).not.toMatch(/unsafe-|\*/)
      // Sockets too come to the site itself where the rooms are.
      const elsewhere = fixtures().edge.environment['REALTIME_ORIGIN']
      expect(policy).toContain(`connect-src 'self'${elsewhere === undefined ? '' : ` ${elsewhere} ${elsewhere.replace('http', 'ws')}`};`)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('payment=()')
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
    const checkout = await fixtures().stam().get('/checkout/abc')
    expect(checkout.headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('a reload asks whether the page changed, and is not told that it does not exist', async () => {
    const first = await fixtures().stam().get('/c/somewhere')
    expect(first.status).toBe(200)
    const etag = first.headers.get('etag')
    const again = await fixtures()
      .stam()
      .get('/c/somewhere', { headers: { 'cache-control': 'max-age=0', ...(etag === null ? {} : { 'if-none-match': etag }) } })
    expect(again.status).toBe(etag === null ? 200 : 304)
  })

  test('an unknown path, a wrong method and a body that is none are refused in one shape', async () => {
    const person = fixtures().stam()
    expect(await refusalOf(await person.get('/api/nothing-here'))).toEqual([404, 'not_found'])
    expect(await refusalOf(await person.fetch('/webhooks/processor', { method: 'GET' }))).toEqual([405, 'method_not_allowed'])
    const broken = await person.fetch('/api/sign-in', {
      method: 'POST',
      body: '{"email":',
      headers: { 'content-type': 'application/json' },
    })
    expect(await refusalOf(broken)).toEqual([400, 'bad_request'])
    const large = await person.post('/api/sign-in', { email: 'a'.repeat(70_000) })
    expect(await refusalOf(large)).toEqual([413, 'payload_too_large'])
  })

  test('a refusal speaks the language that was asked for', async () => {
    expect(await said(fixtures(), 'en-GB')).not.toBe(await said(fixtures(), 'fr-FR'))
  })
}

async function said(fixtures: Fixtures, language: string): Promise<string> {
  return sentenceOf(await fixtures.stam().get('/api/sessions', { headers: { 'accept-language': language } }))
}
