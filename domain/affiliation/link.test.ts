import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONSENT_MODES, DEFAULT_POLICY } from '#domain/base/policy.ts'
import {
  ChangeLink,
  CreateLink,
  decideRedirect,
  linkCode,
  linkCodeOf,
  tokenCarriage,
  withClickToken,
  type ClickRequest,
  type LinkTarget,
  type Sites,
} from './link.ts'

const sites: Sites = {
  origins: { WEOKTO: 'https://weokto.com', STAM: 'https://be-stam.com' },
  hosts: { WEOKTO: ['weokto.com', 'www.weokto.com'], STAM: ['be-stam.com', 'www.be-stam.com'] },
}
const link: LinkTarget = {
  linkId: 'link-1',
  code: 'lea-club',
  affiliateId: 'lea',
  productId: 'pro',
  communityId: 'club',
  platform: 'STAM',
  landingPageUrl: 'https://www.be-stam.com/club?v=2',
  toPath: null,
  campaign: 'printemps',
  isActive: true,
  archivedAt: null,
  isAffiliateBlocked: false,
}
const request: ClickRequest = { method: 'GET', query: {}, headers: {}, isBot: false, platform: 'WEOKTO' }
const go = (change: Partial<LinkTarget> = {}, asked: Partial<ClickRequest> = {}) =>
  decideRedirect({ ...link, ...change }, { ...request, ...asked }, sites, DEFAULT_POLICY)

describe('where a link leads', () => {
  test('to the landing page, the link’s path, or the path asked for', () => {
    expect(go().location).toBe('https://www.be-stam.com/club?v=2')
    expect(go({ toPath: '/offre' }).location).toBe('https://www.be-stam.com/offre')
    expect(go({ toPath: '/offre' }, { query: { to: '/autre?x=1' } }).location).toBe('https://www.be-stam.com/autre?x=1')
    expect(go({ landingPageUrl: null }).location).toBe('https://be-stam.com/')
  })

  test('never away: a landing page or path elsewhere is ignored', () => {
    expect(go({ landingPageUrl: 'https://evil.com/' }).location).toBe('https://be-stam.com/')
    expect(go({}, { query: { to: '//evil.com' } }).location).toBe('https://www.be-stam.com/club?v=2')
    const hosts = new Set([...sites.hosts.STAM, ...sites.hosts.WEOKTO])
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.constantFrom('//evil.com', '/\\evil.com', '\\\\evil.com', '/%5c/evil.com', 'javascript:0'),
    )
    fc.assert(
      fc.property(text, text, text, (to, toPath, landingPageUrl) => {
        const { location } = go({ toPath, landingPageUrl }, { query: { to, utm_source: to } })
        expect(hosts.has(new URL(location).host)).toBe(true)
        expect(new URL(location).protocol).toBe('https:')
      }),
    )
  })

  test.each([{ isActive: false }, { archivedAt: new Date(0) }, { isAffiliateBlocked: true }])(
    'home when %j, with nothing recorded',
    (change) => {
      expect(go(change)).toEqual({ status: 302, location: 'https://weokto.com/', click: null, mintsToken: false })
    },
  )

  test('home when unknown', () => {
    expect(decideRedirect(null, { ...request, platform: 'STAM' }, sites, DEFAULT_POLICY)).toMatchObject({
      location: 'https://be-stam.com/',
      click: null,
    })
  })
})

describe('what is recorded', () => {
  test('campaign, source, medium, sub and landing, cleaned and bounded', () => {
    const query = { utm_source: ' insta\u0000 ', utm_medium: 'bio', utm_campaign: 'été', sub: 'x'.repeat(500), other: '1' }
    expect(go({}, { query }).click).toEqual({
      filteredReason: null,
      campaign: 'été',
      source: 'insta',
      medium: 'bio',
      utm: { utm_source: 'insta', utm_medium: 'bio', utm_campaign: 'été' },
      subId: 'x'.repeat(100),
      landingPath: '/club',
    })
    expect(go().click).toMatchObject({ campaign: 'printemps', source: null, utm: null, subId: null })
    expect(go({}, { query: { utm_source: 'insta' } }).location).toBe('https://www.be-stam.com/club?v=2&utm_source=insta')
  })

  test.each([
    ['head', { method: 'HEAD' }],
    ['prefetch', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    ['prefetch', { headers: { purpose: 'preview' } }],
    ['bot', { isBot: true }],
  ] as const)('%s is redirected, recorded as filtered and gets no token', (reason, asked) => {
    expect(go({}, asked)).toMatchObject({
      location: 'https://www.be-stam.com/club?v=2',
      click: { filteredReason: reason },
      mintsToken: false,
    })
  })

  test('while links are paused, visitors still arrive', () => {
    const paused = { ...DEFAULT_POLICY, switches: { ...DEFAULT_POLICY.switches, links: false } }
    expect(decideRedirect(link, request, sites, paused)).toMatchObject({ click: { filteredReason: 'paused' }, mintsToken: false })
  })
})

describe('the token', () => {
  test('replaces one that a visitor planted', () => {
    const planted = go({}, { query: { to: '/club?ck=forged' } })
    expect(planted.location).toBe('https://www.be-stam.com/club')
    expect(withClickToken('https://be-stam.com/club?v=2&ck=old#x', 'new.t')).toBe('https://be-stam.com/club?v=2&ck=new.t#x')
  })

  test('travels as the policy and the visitor allow', () => {
    const carried = CONSENT_MODES.map((consentMode) => {
      const policy = { ...DEFAULT_POLICY, clicks: { ...DEFAULT_POLICY.clicks, consentMode } }
      return [consentMode, tokenCarriage(policy, false), tokenCarriage(policy, true)]
    })
    const both = { inUrl: true, inCookie: true }
    expect(carried).toEqual([
      ['open', both, both],
      ['consent', { inUrl: true, inCookie: false }, both],
      ['strict', { inUrl: false, inCookie: false }, both],
    ])
  })
})

describe('inputs', () => {
  test('a link has exactly one target', () => {
    const productId = 'p'.repeat(24)
    const communityId = 'c'.repeat(24)
    expect(CreateLink.safeParse({ productId }).success).toBe(true)
    expect(CreateLink.safeParse({ communityId, toPath: '/offre', label: 'Bio' }).success).toBe(true)
    expect(CreateLink.safeParse({ productId: 'a product' }).success).toBe(false)
    expect(CreateLink.safeParse({}).success).toBe(false)
    expect(CreateLink.safeParse({ productId, communityId }).success).toBe(false)
    expect(CreateLink.safeParse({ productId, toPath: '//evil.com' }).success).toBe(false)
    expect(CreateLink.safeParse({ productId, affiliateId: 'x' }).success).toBe(false)
    expect(ChangeLink.parse({ toPath: null, isActive: false })).toEqual({ toPath: null, isActive: false })
  })

  test('codes are plain', () => {
    expect(linkCode.parse(' Lea-Club ')).toBe('lea-club')
    for (const bad of ['ab', '-abc', 'abc-', 'a_b', 'a/b', 'é'.repeat(4), 'a'.repeat(41)])
      expect(linkCode.safeParse(bad).success).toBe(false)
    expect(linkCode.safeParse(linkCodeOf(Uint8Array.from([0, 31, 255, 7, 8, 9, 10, 11]))).success).toBe(true)
    expect(() => linkCodeOf(new Uint8Array(7))).toThrow(RangeError)
  })
})
