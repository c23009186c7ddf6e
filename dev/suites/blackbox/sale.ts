import { expect, test } from 'vitest'
import * as z from 'zod'
import { buy, order, startCheckout, typeCard, untilStep } from '#dev/testing/buy.ts'
import { makeOffer } from '#dev/testing/people.ts'
import { click, makeShop } from './clicks.ts'
import { freshEmail, signIn } from './mails.ts'
import { EVERY_FIVE_MINUTES, type Fixtures } from './fixtures.ts'
import { read, refusalOf } from './wire.ts'

const COPIES = 20

const commissionList = z.object({ rows: z.array(z.unknown()), total: z.number() })
const affiliateHome = z.object({ money: z.record(z.string(), z.unknown()) })

export function testsOfSale(fixtures: () => Fixtures): void {
  test('from the click to the commission, with every webhook delivered twenty times', async () => {
    const email = freshEmail('affiliate')
    const { affiliate, offer, link } = await makeShop(fixtures(), email)
    const ck = await click(fixtures(), link.code)
    fixtures().vault.faults.arm({ fault: 'webhook_duplicate', copies: COPIES, times: 2 })
    const paid = await buy(fixtures().stam(), { buttonKey: offer.button.buttonKey, email: freshEmail('buyer'), ck })
    expect(paid).toMatchObject({ step: 'PAID', invoiceNumber: expect.stringMatching(/^STAM-\d{4}-\d{6}$/), card: { last4: '4242' } })
    const { deliveries } = fixtures().vault.sender
    await expect.poll(() => deliveries.length >= 2 * COPIES && deliveries.every(({ done }) => done), { timeout: 10_000 }).toBe(true)
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([200]))

    const person = await signIn(fixtures(), fixtures().weokto(), email)
    const { rows: commissions, total } = await read(await person.get('/api/affiliate/commissions'), commissionList)
    expect(total).toBe(1)
    expect(commissions[0]).toMatchObject({ status: 'LOCKED', totalCents: 1224, mainCents: 979, extendedCents: 245 })
    expect(await ledgerOf(fixtures(), affiliate.id)).toEqual([
      { account: 'LOCKED', amount: 1224 },
      { account: 'PLATFORM', amount: -1224 },
    ])
    const home = await read(await person.get('/api/affiliate/home'), affiliateHome)
    expect(home.money).toMatchObject({ lockedCents: 1224, availableCents: 0, owedCents: 1224 })

    await matures(fixtures(), affiliate.id)
  })

  test('a declined card says so, charges nothing, and another card pays', async () => {
    const offer = await makeOffer(fixtures().t.db)
    const buyer = fixtures().stam()
    const declined = await buy(buyer, { buttonKey: offer.button.buttonKey, email: freshEmail('declined') }, '4000000000000002')
    expect(declined).toMatchObject({ step: 'DECLINED', declineCode: 'generic_decline', invoiceNumber: null })
    await typeCard(buyer, declined.id, '4242424242424242')
    expect((await order(buyer, await untilStep(buyer, declined.id, ['REVIEW']))).status).toBe(202)
    expect((await untilStep(buyer, declined.id, ['PAID'])).step).toBe('PAID')
  })

  test('a checkout belongs to the browser that opened it', async () => {
    const offer = await makeOffer(fixtures().t.db)
    const { id } = await startCheckout(fixtures().stam(), { buttonKey: offer.button.buttonKey, email: freshEmail('mine') })
    const stranger = fixtures().stam()
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/capture'],
      ['POST', '/resume'],
      ['POST', '/enter'],
      ['POST', '/code-mail'],
    ] as const) {
      const answer = await stranger.fetch(`/api/checkouts/${id}${path}`, { method })
      expect([path, ...(await refusalOf(answer))]).toEqual([path, 404, 'not_found'])
    }
  })
}

/** Where time can be moved: nothing a millisecond early, the main part on its day, the rest on its own. */
async function matures({ t, edge }: Fixtures, affiliateId: string): Promise<void> {
  if (!edge.hearsTime) return
  const [lock] = await t.admin<{ main: Date; extended: Date }>(
    `select "lockedUntil" as main, "extendedLockedUntil" as extended from affiliate_commissions where "affiliateId" = $1`,
    [affiliateId],
  )
  const available = async (at: number): Promise<number | undefined> => {
    await edge.run(EVERY_FIVE_MINUTES, new Date(at))
    const [row] = await t.admin<{ balance: number }>(
      `select balance from affiliate_balances where "affiliateId" = $1 and account = 'AVAILABLE'`,
      [affiliateId],
    )
    return row?.balance
  }
  const [main, extended] = [lock?.main.getTime() ?? 0, lock?.extended.getTime() ?? 0]
  expect(await available(main - 1)).toBe(0)
  expect(await available(main)).toBe(979)
  expect(await available(extended)).toBe(1224)
  expect(await available(extended)).toBe(1224)
}

function ledgerOf({ t }: Fixtures, affiliateId: string) {
  return t.admin(`select account, amount from affiliate_ledger where "affiliateId" = $1 order by account::text`, [affiliateId])
}
