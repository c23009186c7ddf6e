import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { captureWebhook, chargeWebhook } from '#api/adapters/pci-vault/webhook.ts'
import { capturedCard, charged, nthAt, sendCharge } from '#dev/stand-ins/shared/charge.ts'
import { LOGIN, openParties, typeCard, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { tokenOfTestCard } from './cards.ts'
import { start } from './server.ts'

let parties: Parties
beforeEach(async () => {
  parties = await openParties()
})
afterEach(() => parties.stop())

const authorization = `Basic ${btoa(`${LOGIN.username}:${LOGIN.password}`)}`
const key = new URLSearchParams({ user: LOGIN.keyUser, passphrase: LOGIN.keyPassphrase }).toString()
const call = (method: string, path: string, body?: object) =>
  fetch(`${parties.vault.url}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const order = (reference: string) => ({
  reference,
  ttlMinutes: 10,
  webhook: { url: `${parties.listener.url}/${reference}`, secret: 'capture-secret-of-tests', metadata: { captureId: reference } },
  site: 'STAM' as const,
  locale: 'fr' as const,
})

describe('capture', () => {
  it('answers the browser three words and us the safe part, with our secret', async () => {
    const capture = await parties.cards.createCapture(order('c1'))
    const response = await typeCard(capture, '4000002500000003')
    expect(await response.json()).toEqual({ user: LOGIN.keyUser, token: tokenOfTestCard('4000002500000003'), reference: 'c1' })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const asked = await nthAt(parties, '/c1')
    expect(asked.headers['x-pcivault-webhook-secret']).toBe('capture-secret-of-tests')
    expect(asked.body).not.toMatch(/4000 ?0025/)
    expect(captureWebhook.parse(JSON.parse(asked.body))).toMatchObject({
      metadata: { captureId: 'c1' },
      reference: 'c1',
      last4: '0003',
      brand: 'visa',
      expYear: 2040,
      country: 'FR',
    })
  })

  it('gives the same number the same token, and spaces another one', async () => {
    const capture = await parties.cards.createCapture(order('c2'))
    const post = async (card_number: string): Promise<string> => {
      const response = await fetch(`${parties.vault.url}/v1/capture/${capture.uniqueId}`, {
        method: 'POST',
        headers: { 'x-pcivault-capture-secret': capture.secret },
        body: JSON.stringify({ card_number }),
      })
      return z.object({ token: z.string() }).parse(await response.json()).token
    }
    const [first, again, spaced] = [await post('4242424242424242'), await post('4242424242424242'), await post('4242 4242 4242 4242')]
    expect(again).toBe(first)
    expect(spaced).not.toBe(first)
    expect(first).toBe(tokenOfTestCard('4242424242424242'))
  })

  it('tells country and issuer only to whoever asked for them', async () => {
    const webhook = { url: `${parties.listener.url}/bare`, secret: 'capture-secret-of-tests' }
    const made = z
      .object({ url: z.string(), secret: z.string() })
      .parse(await (await call('POST', `/v1/capture?${key}`, { webhook })).json())
    await fetch(`${parties.vault.url}${made.url}`, {
      method: 'POST',
      headers: { 'x-pcivault-capture-secret': made.secret },
      body: JSON.stringify({ card_number: '4000002500000003', card_type: 'visa', expiry: '12/40' }),
    })
    const { body } = await nthAt(parties, '/bare')
    expect(JSON.parse(body).token_info).not.toHaveProperty('card_metadata')
    expect(captureWebhook.parse(JSON.parse(body))).toMatchObject({ brand: 'visa', last4: '0003', country: null })
  })

  it('takes a second and a late card, each told of with the same metadata', async () => {
    const capture = await parties.cards.createCapture(order('c3'))
    await typeCard(capture, '4242424242424242')
    await typeCard(capture, '5555555555554444')
    const [one, two] = [await nthAt(parties, '/c3', 1), await nthAt(parties, '/c3', 2)].map(({ body }) =>
      captureWebhook.parse(JSON.parse(body)),
    )
    expect([one?.metadata, two?.metadata]).toEqual([{ captureId: 'c3' }, { captureId: 'c3' }])
    expect(new Set([one?.last4, two?.last4])).toEqual(new Set(['4242', '4444']))
  })

  it('is over after its time', async () => {
    let now = new Date()
    const other = await openParties({ vault: { now: () => now } })
    const capture = await other.cards.createCapture(order('c4'))
    now = new Date(now.getTime() + 10 * 60_000 + 1)
    expect([(await typeCard(capture, '4242424242424242')).status, (await fetch(capture.iframeUrl)).status]).toEqual([404, 404])
    await other.stop()
  })

  it('refuses a wrong secret, an unreadable card and a webhook beyond this machine', async () => {
    const capture = await parties.cards.createCapture(order('c5'))
    const post = (secret: string, body: string) =>
      fetch(`${parties.vault.url}/v1/capture/${capture.uniqueId}`, {
        method: 'POST',
        headers: { 'x-pcivault-capture-secret': secret },
        body,
      })
    expect([
      (await post('wrong', '{}')).status,
      (await post(capture.secret, '{')).status,
      (await post(capture.secret, '{"card_number":"12"}')).status,
    ]).toEqual([403, 400, 400])
    const far = await call('POST', `/v1/capture?${key}`, { webhook: { url: 'http://example.com/', secret: 'x' } })
    expect(far.status).toBe(400)
    expect(await far.json()).toEqual({ error: expect.any(String) })
  })

  it('repeats its webhook until it is taken', async () => {
    parties.listener.answerWith('/c6', 500, 404)
    await typeCard(await parties.cards.createCapture(order('c6')), '4242424242424242')
    const bodies = [await nthAt(parties, '/c6', 1), await nthAt(parties, '/c6', 2), await nthAt(parties, '/c6', 3)].map(
      (asked) => asked.body,
    )
    expect(new Set(bodies).size).toBe(1)
  })

  it.each([
    ['PT10M', 200],
    ['45m', 200],
    ['P1D', 200],
    ['P0T', 200],
    ['soon', 400],
    ['P', 400],
  ])('with ttl=%s answers %i', async (ttl, status) => {
    expect((await call('POST', `/v1/capture?${key}&ttl=${ttl}`)).status).toBe(status)
  })
})

describe('proxy', () => {
  it('spells the status in both ways, as text and as number', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    const bodies = [await sendCharge(parties, card), await sendCharge(parties, card)].map((path) => nthAt(parties, path))
    const read = (await Promise.all(bodies)).map((asked) =>
      z.object({ status: z.unknown().optional(), status_code: z.unknown().optional(), body: z.string() }).parse(JSON.parse(asked.body)),
    )
    expect(
      read
        .map((each) => each.status ?? each.status_code)
        .map((status) => typeof status)
        .toSorted(),
    ).toEqual(['number', 'string'])
    for (const each of read) expect(chargeWebhook.parse(each)).toMatchObject({ httpStatus: 200 })
  })

  it('asks a failing processor again only when it may', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    parties.processor.faults.arm({ fault: 'dead', times: 2, match: '/v1/payment_intents' })
    expect(await charged(parties, card)).toMatchObject({ kind: 'error', outcome: 'unknown', httpStatus: 503 })
    expect(parties.processor.faults.list()).toMatchObject([{ times: 1 }])

    const { url, headers, method, body } = parties.charges.chargeTemplate({
      amountCents: 4900,
      currency: 'EUR',
      idempotencyKey: 'patient',
      description: 'x',
      metadata: { attemptId: 'a', invoiceId: 'i' },
      returnUrl: parties.listener.url,
      offSession: false,
    })
    const request = { url, method, body, headers: Object.entries(headers).map(([name, value]) => ({ [name]: value })) }
    const webhook = { url: `${parties.listener.url}/patient`, secret: 'x' }
    const accepted = await call('POST', `/v1/proxy/post?${key}&token=${card.token}&reference=${card.reference ?? ''}&max_attempts=3`, {
      request,
      webhook,
    })
    expect(accepted.status).toBe(200)
    expect(chargeWebhook.parse(JSON.parse((await nthAt(parties, '/patient')).body))).toMatchObject({ httpStatus: 200 })
    expect(parties.processor.faults.list()).toEqual([])
  })

  it('answers at once when asked to, but waits no longer than its limit', async () => {
    const hasty = await openParties({ vault: { synchronousLimitMs: 100 } })
    const request = { url: `${hasty.listener.url}/echo`, method: 'POST', body: 'n={{card_number}}&m={{expiry_month}}' }
    const token = tokenOfTestCard('4242424242424242')
    const ask = () =>
      fetch(`${hasty.vault.url}/v1/proxy/post?${key}&token=${token}&reference=r&synchronous=true`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify({ request }),
      })
    expect(await (await ask()).json()).toMatchObject({ body: '', status: '200' })
    expect((await hasty.listener.nth(1)).body).toBe('n=4242424242424242&m=12')
    const slow = {
      url: `${hasty.processor.url}/v1/payment_intents`,
      method: 'POST',
      headers: [{ Authorization: 'Bearer processor-key-of-tests' }],
      body: '',
    }
    hasty.processor.faults.arm({ fault: 'slow', delayMs: 1000 })
    const late = await fetch(`${hasty.vault.url}/v1/proxy/post?${key}&token=${token}&synchronous=true`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ request: slow }),
    })
    expect(late.status).toBe(504)
    await hasty.stop()
  })

  it('never speaks the clear number and never reaches beyond this machine', async () => {
    const token = tokenOfTestCard('4242424242424242')
    const request = { url: 'https://processor.example/', body: '{{card_number}}' }
    expect((await call('POST', `/v1/proxy/post?${key}&token=${token}&debug=true`, { request })).status).toBe(400)
    expect((await call('POST', `/v1/proxy/post?${key}&token=${token}`, { request })).status).toBe(400)
    expect((await call('GET', `/v1/vault?${key}&token=${token}`)).status).toBe(404)
  })

  it('charges a test card that another run had captured', async () => {
    expect(await charged(parties, { token: tokenOfTestCard('4242424242424242'), reference: 'of-another-run' })).toMatchObject({
      kind: 'succeeded',
    })
  })

  it('can lose, double and delay its webhooks', async () => {
    const card = await capturedCard(parties, '4242424242424242')
    parties.vault.faults.arm({ fault: 'webhook_lost', match: 'charge' })
    const lost = await sendCharge(parties, card)
    parties.vault.faults.arm({ fault: 'webhook_duplicate', match: 'charge' })
    const doubled = await sendCharge(parties, card)
    expect((await nthAt(parties, doubled, 2)).body).toBe((await nthAt(parties, doubled, 1)).body)
    expect(parties.listener.heard.some((asked) => asked.path === lost)).toBe(false)
  })
})

describe('access', () => {
  it('needs the login and the key, and says so in its own form', async () => {
    expect(await (await call('GET', '/v1/whoami')).json()).toMatchObject({ user: LOGIN.username })
    const stranger = await fetch(`${parties.vault.url}/v1/whoami`)
    expect([stranger.status, await stranger.json()]).toEqual([401, { error: 'unauthorized' }])
    expect((await call('POST', '/v1/capture?user=tests&passphrase=wrong')).status).toBe(403)
  })

  it('changes the passphrase at once', async () => {
    const rotated = await call('PUT', `/v1/key/?${key}&new_passphrase=another-passphrase-of-tests`)
    expect(rotated.status).toBe(200)
    await expect(parties.cards.createCapture(order('k1'))).rejects.toMatchObject({ status: 403 })
    const renewed = parties.cardsWith({ keyPassphrase: 'another-passphrase-of-tests' })
    expect(await renewed.createCapture(order('k2'))).toMatchObject({ uniqueId: expect.any(String) })
  })

  it('does not start in production', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    await expect(start({ port: 0, ...LOGIN })).rejects.toThrow('stand-in')
    vi.unstubAllEnvs()
  })
})

describe('the hosted page', () => {
  it('may be framed, leaks no address and loads nothing from elsewhere', async () => {
    const capture = await parties.cards.createCapture(order('p1'))
    const response = await fetch(capture.iframeUrl, { headers: { 'accept-language': 'en-GB,en' } })
    expect(response.headers.get('x-frame-options')).toBeNull()
    expect(response.headers.get('content-security-policy')).not.toContain('frame-ancestors')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const html = await response.text()
    expect(html).toContain('<html lang="fr">')
    expect(html).not.toMatch(/(?:src|href)="https?:/)
    for (const autocomplete of ['cc-number', 'cc-name', 'cc-exp', 'cc-csc']) expect(html).toContain(`autocomplete="${autocomplete}"`)
  })

  const standard = (iframeUrl: string) => iframeUrl.replace(/iframe\/[\w-]+/, 'iframe/pcd')

  it('speaks English and keeps the spaces of a number unless it was configured otherwise', async () => {
    const { iframeUrl } = await parties.cards.createCapture(order('f1'))
    const page = await fetch(standard(iframeUrl), { headers: { 'accept-language': 'fr-FR,fr' } })
    expect(await page.text()).toContain('<html lang="en">')
    const typed = await typeCard({ iframeUrl: standard(iframeUrl) }, '4242424242424242')
    const { token } = z.object({ token: z.string() }).parse(await typed.json())
    expect(token).not.toBe(tokenOfTestCard('4242424242424242'))
    expect(await (await typeCard({ iframeUrl }, '4242424242424242')).json()).toMatchObject({ token: tokenOfTestCard('4242424242424242') })
  })

  it('stores with the card whatever it does not know in its address', async () => {
    const { iframeUrl } = await parties.cards.createCapture(order('f2'))
    await typeCard({ iframeUrl: `${iframeUrl}&lang=fr` }, '4242424242424242')
    const token = tokenOfTestCard('4242424242424242')
    const request = { url: `${parties.listener.url}/echo`, method: 'POST', body: 'l={{lang}}' }
    await call('POST', `/v1/proxy/post?${key}&token=${token}&reference=f2&synchronous=true`, { request })
    expect((await nthAt(parties, '/echo')).body).toBe('l=fr')
  })

  it('posts to production when it was not told that it is testing', async () => {
    const { iframeUrl } = await parties.cards.createCapture(order('f3'))
    await expect(typeCard({ iframeUrl: iframeUrl.replace('&testing=true', '') }, '4242424242424242')).rejects.toThrow('fetch failed')
    expect(parties.listener.heard).toEqual([])
  })

  it('is configured once, by names that it knows, and gone when it was deleted', async () => {
    const form = { form_type: 'pcd', form_id: 'one', strip_spaces: true }
    expect(await (await call('POST', '/v1/capture/iframe', form)).json()).toEqual({ id: 'one' })
    expect((await call('POST', '/v1/capture/iframe', form)).status).toBe(409)
    expect((await call('POST', '/v1/capture/iframe', { ...form, form_id: 'two', stripSpaces: true })).status).toBe(400)
    expect((await fetch(`${parties.vault.url}/v1/capture/iframe`, { method: 'POST', body: JSON.stringify(form) })).status).toBe(401)
    expect((await call('DELETE', '/v1/capture/iframe/one')).status).toBe(200)
    expect((await call('DELETE', '/v1/capture/iframe/one')).status).toBe(404)
    const { iframeUrl } = await parties.cards.createCapture(order('f4'))
    expect((await fetch(iframeUrl.replace(/iframe\/[\w-]+/, 'iframe/one'))).status).toBe(404)
  })

  it('shows no form to somebody without the secret', async () => {
    const capture = await parties.cards.createCapture(order('p2'))
    const response = await fetch(capture.iframeUrl.replace(/secret=[^&]+/, 'secret=x'))
    expect([response.status, (await response.text()).includes('<form')]).toEqual([404, false])
  })
})
