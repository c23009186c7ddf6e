import { newId } from '#db/id.ts'
import type { TestDatabase } from '#db/testing.ts'
import { buy, startCheckout } from '#dev/testing/buy.ts'
import type { makeLink, makeOffer } from '#dev/testing/people.ts'
import type { Site } from '#dev/testing/site.ts'

export interface Sold {
  buttonKey: string
  productId: string
  communityId: string
  communitySlug: string
  channelId: string
  linkCode: string
  stamUserId: string
  commissionId: string
  attemptId: string
  captureId: string
  /** Paid, and the cookie that opens it. */
  paidCheckoutId: string
  /** Waits for a card, in the same browser. */
  openCheckoutId: string
  browserSecret: string
}

interface Ware {
  offer: Awaited<ReturnType<typeof makeOffer>>
  link: Awaited<ReturnType<typeof makeLink>>
  channelId: string
}

const BROWSER = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0' }

/** A sale from click to commission as it really happens, and a second checkout that the same browser left open. */
export async function makeSold(t: TestDatabase, site: Site, { offer, link, channelId }: Ware): Promise<Sold> {
  const browser = site.stam()
  const landing = await browser.get(`/r/${link.code}`, { headers: BROWSER })
  const ck = new URL(landing.headers.get('location') ?? '').searchParams.get('ck') ?? ''
  const { buttonKey } = offer.button
  const paid = await buy(browser, { buttonKey, email: `${newId()}@buyers.test`, ck })
  if (paid.step !== 'PAID') throw new Error(`The sale stands at ${paid.step}.`)
  const open = await startCheckout(browser, { buttonKey, email: `${newId()}@buyers.test` })
  const [row] = await t.admin<{ commissionId: string; attemptId: string; captureId: string; stamUserId: string }>(
    `select c.id as "commissionId", a.id as "attemptId", p.id as "captureId", k."stamUserId" from checkout_sessions s
      join affiliate_commissions c on c."invoiceId" = s."invoiceId" join payment_attempts a on a."checkoutSessionId" = s.id
      join capture_sessions p on p."checkoutSessionId" = s.id join customers k on k.id = s."customerId" where s.id = $1`,
    [paid.id],
  )
  if (!row) throw new Error('The sale left no commission.')
  const { community, product } = offer
  return {
    ...row,
    buttonKey,
    productId: product.id,
    communityId: community.id,
    communitySlug: community.slug,
    channelId,
    linkCode: link.code,
    paidCheckoutId: paid.id,
    openCheckoutId: open.id,
    browserSecret: browser.cookies.get('checkout') ?? '',
  }
}
