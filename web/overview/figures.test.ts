import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hc } from 'hono/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#db/id.ts'
import { day, ledgerWorld, type LedgerWorld } from '#db/ledger/testing.ts'
import { affiliateDailyStats, weoktoSessions } from '#db/schema/all.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import { accountsOf, OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import { kindOf, WAITING_KINDS } from '#domain/affiliation/waiting.ts'
import { readSort } from '#domain/base/list.ts'
import { floorDiv } from '#domain/base/money.ts'
import { app, type AppType } from '#api/app.ts'
import type { Services } from '#api/context.ts'
import { newSession } from '#api/identity/session/new-session.ts'
import { ROOT } from '#dev/environment/root.ts'
import { walk } from '#dev/testing/lists.ts'
import { makeLink, makePerson } from '#dev/testing/people.ts'
import { testContext, testServices } from '#dev/testing/services.ts'
import { commissionsAsked } from '#web/affiliation/commission/commissions-asked.ts'
import { linksAsked } from '#web/affiliation/link/links-asked.ts'
import { answer } from '#web/data/client.ts'
import { ledgerAsked } from '#web/affiliation/ledger/ledger-asked.ts'
import { salesAsked } from '#web/selling/invoice/sales-asked.ts'
import { moneyFigures, sumFigures, trafficFigures } from './affiliate/figures.ts'
import { businessFigures, OWED } from './business/figures.ts'
import type { Figure } from './figure.tsx'

type Total = (amount: string) => number
type Search = Readonly<Record<string, string>>
type Key = keyof ReturnType<typeof moneyFigures> | keyof ReturnType<typeof sumFigures> | keyof ReturnType<typeof trafficFigures>
type OwnerKey = keyof ReturnType<typeof businessFigures>

/** What each figure is of the amounts of its list's rows. A figure that is missing here does not compile. */
const OF_ROWS = {
  available: (total) => total('cents'),
  main: (total) => total('main'),
  extended: (total) => total('extended'),
  undated: (total) => total('undated'),
  inWithdrawal: (total) => total('cents'),
  debt: (total) => 0 - total('cents'),
  owed: (total) => 0 - total('cents'),
  paid: (total) => 0 - total('cents'),
  gross: (total) => total('gross'),
  unique: (total) => total('unique'),
  filtered: (total) => total('filtered'),
  conversion: (total) => (total('unique') > 0 ? floorDiv(total('sales') * 10_000, total('unique')) : null),
  perClick: (total) => (total('unique') > 0 ? floorDiv(total('commission'), total('unique')) : null),
} satisfies Record<Key, (total: Total) => number | null>

const OF_OWNER_ROWS = {
  revenue: (total) => total('amount'),
  sales: (total) => total('count'),
  refunded: (total) => total('refunded'),
} satisfies Partial<Record<OwnerKey, (total: Total) => number | null>>

/** Figures without a list, and why: nobody adds to them in passing. */
const NOWHERE: OwnerKey[] = ['subscribers', 'pastDue']

let w: LedgerWorld
let services: Services
let owner: string

beforeAll(async () => {
  w = await ledgerWorld()
  services = testServices(w.http)
  owner = (await makePerson(services.db, { userType: 'OWNER' })).id
})
afterAll(() => w.close())

/** The API as a page of this person asks it at a moment. */
async function at(now: Date, userId: string) {
  const { token, row } = await newSession(testContext(services, now), userId)
  await services.db.insert(weoktoSessions).values(row)
  const there = { services: { ...services, clock: () => now }, edge: { ip: '203.0.113.7', country: 'FR', city: 'Lyon' } }
  const ask = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    request.headers.set('cookie', `session=${token}`)
    return app.fetch(request, there)
  }
  return hc<AppType>(services.config.WEOKTO_ORIGIN, { fetch: ask }).api
}

type Api = Awaited<ReturnType<typeof at>>

/** Pages of a few rows, so that a figure is read over many of them. */
const SIZE = '3'

/** All rows of the list behind a page for what its address asks, as the amounts that the page shows of each. */
const LISTS: Record<string, (api: Api, search: Search) => Promise<Record<string, number>[]>> = {
  '/ledger': async (api, search) => {
    const asked = ledgerAsked(search)
    const rows = await walk(async (place) => {
      const page = await answer(
        api.affiliate.ledger.$get({ query: { ...asked, size: SIZE, ...('after' in place && { after: place.after }) } }),
      )
      return { rows: page.transactions, next: page.next, previous: null }
    })
    const accounts = asked.account ? accountsOf(asked.account) : []
    return rows.map(({ type, lines }) => {
      const seen = lines.filter((line) => accounts.includes(line.account) && (asked.account !== 'PAID_OUT' || line.type === type))
      return { cents: seen.reduce((sum, line) => sum + line.amountCents, 0) }
    })
  },
  '/commissions': async (api, search) => {
    const query = { ...commissionsAsked(search), sort: readSort(OWN_COMMISSIONS_ORDER, search['sort']), size: SIZE }
    const rows = await walk((place) => answer(api.affiliate.commissions.$get({ query: { ...query, ...place } })))
    return rows.map(({ waits }) => {
      const of = (kind: string) => waits.filter((wait) => kindOf(wait) === kind).reduce((sum, wait) => sum + wait.cents, 0)
      return Object.fromEntries(WAITING_KINDS.map((kind) => [kind, of(kind)]))
    })
  },
  '/links': async (api, search) => {
    const { page: first, ...asked } = linksAsked(search)
    const rows = []
    for (let page = first, total = 1; rows.length < total; page++) {
      const shown = await answer(api.links.$get({ query: { ...asked, page: String(page), size: SIZE } }))
      if (shown.links.length === 0) break
      rows.push(...shown.links)
      total = shown.total
    }
    return rows.map(({ stats }) => ({
      gross: stats.grossClicks,
      unique: stats.uniqueClicks,
      filtered: stats.filteredClicks,
      sales: stats.salesCount,
      commission: stats.commissionCents,
    }))
  },
  '/admin/sales': async (api, search) => {
    const query = { ...salesAsked(search), sort: readSort(ALL_INVOICES_ORDER, search['sort']), size: SIZE }
    const rows = await walk((place) => answer(api.admin.sales.$get({ query: { ...query, ...place } })))
    return rows.map(({ amountCents, refundedCents }) => ({ amount: amountCents, refunded: refundedCents, count: 1 }))
  },
}

const numberOf = ({ value }: Figure): number | null => Object.values(value)[0] as number | null

/** The figure, and what the rows of the list that it opens come to. */
async function both(api: Api, figure: Figure, ofRows: (total: Total) => number | null) {
  if (!('search' in figure.opens)) throw new Error(`${figure.label} opens no list.`)
  const { to, search } = figure.opens
  const rows = await LISTS[to]?.(api, search)
  const total: Total = (amount) =>
    (rows ?? []).reduce((sum, row) => {
      const cents = row[amount]
      if (cents === undefined) throw new Error(`The rows of ${to} have no ${amount}.`)
      return sum + cents
    }, 0)
  return { shown: numberOf(figure), rows: ofRows(total) }
}

const date = (text: string) => new Date(text)
/** Midnight in Paris between 2 and 3 March, then between 31 March and 1 April: the clocks changed between them. */
const MARCH_3 = date('2026-03-02T23:00:00.000Z')
const APRIL_1 = date('2026-03-31T22:00:00.000Z')
const justBefore = (at: Date) => new Date(at.getTime() - 1)
const NOWS = [justBefore(APRIL_1), APRIL_1, date('2026-04-01T10:00:00Z'), date('2026-07-15T10:00:00Z')]

/** Two and a half months of somebody who sells, is refunded, held, disputed, paid and indebted. */
async function busy(withdrawal: 'asked' | 'approved' = 'approved'): Promise<string> {
  const id = await w.affiliate()
  const earn = (earnedAt: Date, values = {}) => w.earn({ affiliateId: id, main: 979, extended: 245, earnedAt, ...values })
  const early = await earn(day(0), { main: 40_000, extended: 5_000 })
  await earn(day(3), { main: 9_000, extended: 900 })
  await w.mature(day(46))
  const paid = await w.withdraw(id, 9_000, day(47))
  await paid.pay()
  const returned = await w.withdraw(id, 8_000, day(48))
  await returned.pay()
  await returned.sendBack()
  const refused = await w.withdraw(id, 7_000, day(49))
  await refused.giveBack()
  for (const at of [justBefore(MARCH_3), MARCH_3, day(70), justBefore(APRIL_1), APRIL_1]) await earn(at)
  await earn(day(71), { held: true })
  const disputed = await earn(day(72))
  await w.admin('UPDATE affiliate_commissions SET "disputedAt" = $2 WHERE id = $1', [disputed, day(73)])
  await earn(day(1), { profile: 'EXTREME_RISK' })
  const part = await earn(day(74))
  await w.refund(part, 300, justBefore(MARCH_3))
  await w.refund(part, 100, MARCH_3)
  await w.refund(part, 40, APRIL_1)
  const lost = await earn(day(75))
  await w.lose(lost, 1224, day(80))
  const open = await w.withdraw(id, 6_000, day(81))
  if (withdrawal === 'approved') await open.approve()
  await w.refund(early, 45_000, day(83))
  return id
}

/** Figures of some days for links in every state, one of which brought nothing since. */
async function traffic(affiliateId: string) {
  const links = await Promise.all(
    [{}, { isActive: false }, { archivedAt: day(80) }, { archivedAt: day(81) }, {}].map((values) =>
      makeLink(services.db, { affiliateId, productId: 'product', ...values }),
    ),
  )
  const days = ['2026-01-31', '2026-03-02', '2026-03-03', '2026-03-31', '2026-04-01', '2026-06-30']
  const rows = links.slice(0, 4).flatMap((link, l) =>
    days.map((on, d) => ({
      affiliateId,
      linkId: link.id,
      productId: 'product',
      day: on,
      grossClicks: 100 * (l + 1) + d,
      uniqueClicks: 50 * (l + 1) + d,
      filteredClicks: 7 + l + d,
      salesCount: l + d,
      salesCents: 4_900 * (l + d),
      commissionCents: 1_224 * (l + d),
    })),
  )
  await services.db.insert(affiliateDailyStats).values(rows)
}

describe('every figure of the home is what its rows come to', () => {
  test.each([
    ['somebody busy', () => busy()],
    ['somebody blocked', async () => busy('asked').then(async (id) => w.block(id, day(84)).then(() => id))],
    ['somebody new', () => w.affiliate()],
  ])('for %s', async (who, make) => {
    const id = await make()
    await w.admin(`UPDATE weokto_users SET "userType" = 'AFFILIATE' WHERE id = $1`, [id])
    if (who !== 'somebody new') await traffic(id)
    for (const now of NOWS) {
      const api = await at(now, id)
      const home = await answer(api.affiliate.home.$get())
      const money = moneyFigures(home)
      const figures = { ...money, ...sumFigures(home), ...trafficFigures(home) }
      for (const [key, figure] of Object.entries(figures)) {
        const { shown, rows } = await both(api, figure, OF_ROWS[key as Key])
        expect({ now, key, shown }).toEqual({ now, key, shown: rows })
      }
      const { debt, ...held } = money
      const sum = Object.values(held).reduce((cents, figure) => cents + figure.value.cents, 0 - debt.value.cents)
      expect(sum).toBe(sumFigures(home).owed.value.cents)
    }
  })

  test('and none is zero by chance', async () => {
    const id = await busy()
    await w.admin(`UPDATE weokto_users SET "userType" = 'AFFILIATE' WHERE id = $1`, [id])
    await traffic(id)
    const home = await answer((await at(APRIL_1, id)).affiliate.home.$get())
    const figures = { ...moneyFigures(home), ...sumFigures(home), ...trafficFigures(home) }
    const zeros = Object.entries(figures).filter(([, figure]) => !numberOf(figure))
    // Whoever is in debt has nothing available.
    expect(zeros.map(([key]) => key)).toEqual(['available'])
  })
})

test('every figure of the overview is what its rows come to', async () => {
  await busy()
  await busy()
  await w.admin(`UPDATE invoices SET status = 'REFUNDED' WHERE id IN (SELECT "invoiceId" FROM refunds WHERE amount = 1224)`)
  // Made within the days, and never paid.
  for (const status of ['PENDING', 'DRAFT']) {
    await w.admin(
      `INSERT INTO invoices (id, "customerId", "amountExcludingTax", "amountIncludingTax", status, kind, "taxRateBps", country, "createdAt", "updatedAt")
        VALUES ($1, 'customer', 700, 700, $2::invoice_status, 'RENEWAL', 0, 'FR', $3, $3)`,
      [newId(), status, day(80)],
    )
  }
  for (const now of NOWS) {
    const api = await at(now, owner)
    const overview = await answer(api.admin.overview.$get())
    const figures = businessFigures(overview)
    for (const [key, ofRows] of Object.entries(OF_OWNER_ROWS)) {
      const { shown, rows } = await both(api, figures[key as OwnerKey], ofRows)
      expect({ now, key, shown }).toEqual({ now, key, shown: rows })
      if (now === APRIL_1) expect(shown, key).toBeGreaterThan(0)
    }
    // What is owed opens its parts on the same page.
    const { lockedCents, availableCents, inWithdrawalCents, debtCents } = overview.owed
    expect(figures.owed.opens).toEqual({ to: '/admin', hash: OWED })
    expect(figures.owed.value.cents).toBe(lockedCents + availableCents + inWithdrawalCents - debtCents)
    const rest = Object.entries(figures).filter(([key]) => !(key in OF_OWNER_ROWS) && key !== 'owed')
    expect(rest.map(([key]) => key)).toEqual(NOWHERE)
    for (const [, { opens }] of rest) expect('nowhere' in opens && opens.nowhere).toMatch(/\w/)
  }
})

test('no figure stands on home or overview but by these tables', () => {
  const folder = join(ROOT, 'web/overview')
  const drawn = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && /\b(FigureLink|Stat|StatLink|StatButton)\b/.test(readFileSync(join(folder, file), 'utf8')))
    .toSorted()
  expect(drawn).toEqual(['figure.tsx'])
})
