import { expect, test } from 'vitest'
import { makeAffiliate, makeCommunity, makeLink, makeOffer } from '#dev/testing/people.ts'
import type { Fixtures } from './fixtures.ts'

/** Without a browser's name a click counts as a machine's. */
export const BROWSER = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0' }

/** A new affiliate in a guild, trusted so that no rule of caution holds a commission, with a link to an offer of 49.00 € at 30 %. */
export async function makeShop(fixtures: Fixtures, email?: string) {
  const { db } = fixtures.t
  const guild = await makeCommunity(db, { platform: 'WEOKTO' })
  const affiliate = await makeAffiliate(db, email === undefined ? {} : { email }, {
    currentGuildId: guild.id,
    trustedAt: new Date('2026-01-01'),
  })
  const offer = await makeOffer(db, { community: { landingPageUrl: `${fixtures.edge.stam}/l/example` } })
  const link = await makeLink(db, { affiliateId: affiliate.id, productId: offer.product.id })
  return { affiliate, offer, link }
}

/** Follows a link as a visitor would and brings the click token of the landing address. */
export async function click(fixtures: Fixtures, code: string): Promise<string> {
  const answer = await fixtures.stam().get(`/r/${code}`, { headers: BROWSER })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '').searchParams.get('ck') ?? ''
}

export function testsOfClicks(fixtures: () => Fixtures): void {
  test('a link leads to its landing page with a token, and the click is recorded once', async () => {
    const { link } = await makeShop(fixtures())
    const answer = await fixtures().stam().get(`/r/${link.code}?sub=bio&utm_source=blog`, { headers: BROWSER })
    expect(answer.status).toBe(302)
    const landing = new URL(answer.headers.get('location') ?? '')
    expect(landing.origin + landing.pathname).toBe(`${fixtures().edge.stam}/l/example`)
    expect(landing.searchParams.get('ck')?.split('.')).toHaveLength(3)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    await expect
      .poll(() => clicksOf(fixtures(), link.id), { timeout: 15_000, interval: 100 })
      .toEqual([{ subId: 'bio', filteredReason: null }])
  })

  test('a robot is sent on and counted apart; an unknown code leads home', async () => {
    const { link } = await makeShop(fixtures())
    const robot = await fixtures()
      .stam()
      .get(`/r/${link.code}`, { headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' } })
    expect(robot.status).toBe(302)
    await expect
      .poll(() => clicksOf(fixtures(), link.id), { timeout: 15_000, interval: 100 })
      .toEqual([{ subId: null, filteredReason: expect.any(String) }])
    const unknown = await fixtures().stam().get('/r/nobodys-code', { headers: BROWSER })
    expect([unknown.status, unknown.headers.get('location')]).toEqual([302, `${fixtures().edge.stam}/`])
  })

  test('a link never leads off the owner’s sites', async () => {
    const { link } = await makeShop(fixtures())
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/%09/evil.example',
      'http://stam.localhost@evil.example',
    ]) {
      const answer = await fixtures()
        .stam()
        .get(`/r/${link.code}?to=${encodeURIComponent(to)}`, { headers: BROWSER })
      expect([to, new URL(answer.headers.get('location') ?? '').origin]).toEqual([to, fixtures().edge.stam])
    }
  })
}

function clicksOf({ t }: Fixtures, linkId: string) {
  return t.admin(`select "subId", "filteredReason" from affiliate_tracking_events where "linkId" = $1`, [linkId])
}
