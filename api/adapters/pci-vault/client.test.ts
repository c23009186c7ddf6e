import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LOGIN, openParties, typeCard, type Parties } from '#dev/stand-ins/shared/payment-parties.ts'
import { readCardForms } from './card-forms.ts'
import { createVault } from './client.ts'
import { VaultRefused, VaultUnknown, type CaptureOrder, type ProxyCharge } from './port.ts'

const FORMS = { 'WEOKTO.fr': 'a', 'WEOKTO.en': 'b', 'STAM.fr': 'c', 'STAM.en': 'd' }

let parties: Parties
beforeAll(async () => {
  parties = await openParties()
})
afterAll(() => parties.stop())
beforeEach(() => parties.vault.faults.clear())

const order = (): CaptureOrder => ({
  reference: 'checkout-1',
  ttlMinutes: 10,
  webhook: { url: `${parties.listener.url}/capture`, secret: 'capture-secret-of-tests', metadata: { captureStartedAt: '1' } },
  site: 'STAM',
  locale: 'fr',
})

const charge = (body = 'card={{card_number}}'): ProxyCharge => ({
  token: 'f'.repeat(64),
  reference: 'checkout-1',
  request: { method: 'POST', url: `${parties.processor.url}/v1/payment_intents`, headers: { Authorization: 'Bearer x' }, body },
  webhook: { url: `${parties.listener.url}/charge`, secret: 'charge-secret-of-tests' },
})

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

describe('createCapture', () => {
  it('opens an endpoint for ten minutes whose page shows a form', async () => {
    const before = Date.now()
    const capture = await parties.cards.createCapture({ ...order(), locale: 'en' })
    expect(capture.expiresAt.getTime() - before).toBeGreaterThan(9 * 60_000)
    expect(capture.expiresAt.getTime() - before).toBeLessThan(11 * 60_000)
    expect(new URL(capture.iframeUrl).searchParams.get('unique_id')).toBe(capture.uniqueId)
    const page = await fetch(capture.iframeUrl)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Card number')
  })

  it('gives the page the form of its site and language, and no parameter that would be stored with the card', async () => {
    const opened = await Promise.all(
      (['WEOKTO', 'STAM'] as const).flatMap((site) =>
        (['fr', 'en'] as const).map(async (locale) => new URL((await parties.cards.createCapture({ ...order(), site, locale })).iframeUrl)),
      ),
    )
    expect(opened.map(({ pathname }) => pathname.replace(/-[0-9a-f]{12}$/, ''))).toEqual(
      ['weokto-fr', 'weokto-en', 'stam-fr', 'stam-en'].map((form) => `/v1/capture/iframe/${form}`),
    )
    for (const { searchParams } of opened) expect([...searchParams.keys()]).toEqual(['unique_id', 'secret', 'reference', 'testing'])
  })

  it.each([
    ['https://api-stage.pcivault.io/v1', 'true'],
    ['https://api.pcivault.io/v1', null],
  ])('on %s tells the form testing=%s', async (baseUrl, testing) => {
    const answer = { url: '/v1/capture/u', secret: 'secret-of-a-capture', unique_id: 'u' }
    const vault = createVault({ baseUrl, ...LOGIN, forms: FORMS, fetch: () => Promise.resolve(Response.json(answer)) })
    expect(new URL((await vault.createCapture(order())).iframeUrl).searchParams.get('testing')).toBe(testing)
  })

  it('refuses a life that is no short whole number of minutes', async () => {
    await expect(parties.cards.createCapture({ ...order(), ttlMinutes: 0 })).rejects.toBeInstanceOf(RangeError)
    await expect(parties.cards.createCapture({ ...order(), ttlMinutes: 1440 })).rejects.toBeInstanceOf(RangeError)
  })

  it('tells a wrong login and a wrong key apart from silence', async () => {
    const wrongLogin = await caught(parties.cardsWith({ password: 'wrong' }).createCapture(order()))
    const wrongKey = await caught(parties.cardsWith({ keyPassphrase: 'wrong' }).createCapture(order()))
    expect([wrongLogin, wrongKey]).toMatchObject([{ status: 401 }, { status: 403 }])
    expect(wrongLogin).toBeInstanceOf(VaultRefused)
    expect(wrongKey).toBeInstanceOf(VaultRefused)
  })
})

describe('readCardForms', () => {
  it('needs a form for each site and language, by a plain name', () => {
    const all = 'STAM.fr=stam-fr-1, STAM.en=b,WEOKTO.fr=c,WEOKTO.en=d'
    expect(readCardForms(all)).toEqual({ 'STAM.fr': 'stam-fr-1', 'STAM.en': 'b', 'WEOKTO.fr': 'c', 'WEOKTO.en': 'd' })
    for (const wrong of [
      '',
      all.replace('STAM.en=b,', ''),
      all.replace('=b', '='),
      all.replace('=b', '=../whoami'),
      all.replace('=b', '=b?x=1'),
    ])
      expect(readCardForms(wrong)).toBeNull()
  })
})

describe('deleteCapture', () => {
  it('closes the endpoint, and once more does no harm', async () => {
    const capture = await parties.cards.createCapture(order())
    await parties.cards.deleteCapture(capture.uniqueId)
    await parties.cards.deleteCapture(capture.uniqueId)
    expect((await typeCard(capture, '4242424242424242')).status).toBe(404)
  })
})

describe('proxyCharge', () => {
  it('is refused for a token that the vault does not know', async () => {
    const error = await caught(parties.cards.proxyCharge(charge()))
    expect(error).toBeInstanceOf(VaultRefused)
    expect(error).toMatchObject({ status: 404 })
  })

  it.each(['dead', 'gone', 'answer_lost'] as const)('knows nothing when the vault is %s', async (fault) => {
    parties.vault.faults.arm({ fault, match: '/proxy/post' })
    expect(await caught(parties.cards.proxyCharge(charge()))).toBeInstanceOf(VaultUnknown)
  })

  it('was certainly refused when the vault has too many requests', async () => {
    parties.vault.faults.arm({ fault: 'rate_limited', match: '/proxy/post' })
    expect(await caught(parties.cards.proxyCharge(charge()))).toMatchObject({ name: 'VaultRefused', status: 429 })
  })

  it('knows nothing when the vault takes too long', async () => {
    parties.vault.faults.arm({ fault: 'slow', delayMs: 500, match: '/proxy/post' })
    expect(await caught(parties.cardsWith({ timeoutMs: 50 }).proxyCharge(charge()))).toBeInstanceOf(VaultUnknown)
  })

  it.each(['a={{card_holder}}', 'a={{{card_number}}}', 'a={{ card_number }}', 'a={{#x}}1{{/x}}', 'a={{{{cvv}}}}'])(
    'does not send a template with %s',
    async (body) => {
      await expect(parties.cards.proxyCharge(charge(body))).rejects.toBeInstanceOf(TypeError)
    },
  )

  it('does not send placeholders in an address or a header', async () => {
    const { request } = charge()
    const inUrl = parties.cards.proxyCharge({ ...charge(), request: { ...request, url: `${request.url}?n={{card_number}}` } })
    const inHeader = parties.cards.proxyCharge({ ...charge(), request: { ...request, headers: { 'X-N': '{{card_number}}' } } })
    await expect(inUrl).rejects.toBeInstanceOf(TypeError)
    await expect(inHeader).rejects.toBeInstanceOf(TypeError)
  })

  it('asks for one attempt and never for debug', async () => {
    const asked: string[] = []
    const spying = createVault({
      baseUrl: parties.vault.baseUrl,
      ...LOGIN,
      forms: FORMS,
      fetch: (url) => {
        asked.push(url)
        return Promise.resolve(Response.json({}))
      },
    })
    expect(await spying.proxyCharge(charge())).toBe('accepted')
    const query = new URL(asked[0] ?? '').searchParams
    expect([...query.keys()].toSorted()).toEqual(['max_attempts', 'passphrase', 'reference', 'token', 'user'])
    expect(query.get('max_attempts')).toBe('1')
  })
})

describe('errors', () => {
  it('hold no secret, whatever the vault or the runtime echoes', async () => {
    const echoes = [
      LOGIN.keyPassphrase,
      encodeURIComponent(LOGIN.keyPassphrase),
      LOGIN.password,
      btoa(`${LOGIN.username}:${LOGIN.password}`),
    ]
    const answering = (status: number) =>
      createVault({
        baseUrl: parties.vault.baseUrl,
        ...LOGIN,
        forms: FORMS,
        fetch: (url) => Promise.resolve(Response.json({ error: `bad ${url} ${echoes.join(' ')} 4242 4242 4242 4242` }, { status })),
      })
    const failing = createVault({
      baseUrl: parties.vault.baseUrl,
      ...LOGIN,
      forms: FORMS,
      fetch: (url) => Promise.reject(new TypeError(`Failed to parse ${url}`)),
    })
    const errors = await Promise.all([
      caught(answering(400).createCapture(order())),
      caught(answering(500).proxyCharge(charge())),
      caught(failing.createCapture(order())),
      caught(failing.proxyCharge(charge())),
    ])
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error)
      const printed =
        error instanceof Error ? `${error.message}\n${error.stack ?? ''}\n${JSON.stringify(error)}\n${String(error.cause)}` : ''
      for (const secret of [...echoes, new URLSearchParams({ p: LOGIN.keyPassphrase }).toString().slice(2)])
        expect(printed).not.toContain(secret)
      expect(printed).not.toMatch(/4242|charge-secret|capture-secret/)
    }
  })
})

describe('ping', () => {
  it('says whether the vault knows us', async () => {
    expect(await parties.cards.ping()).toBe(true)
    expect(await parties.cardsWith({ password: 'wrong' }).ping()).toBe(false)
    parties.vault.faults.arm({ fault: 'gone' })
    expect(await parties.cards.ping()).toBe(false)
  })
})
