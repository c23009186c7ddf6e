import { newId } from '#db/id.ts'
import { ALL_COMMISSIONS_ORDER, OWN_COMMISSIONS_ORDER } from '#domain/affiliation/lists.ts'
import type { ListOrder, Sort } from '#domain/base/list.ts'
import { PRODUCTS_ORDER } from '#domain/catalogue/lists.ts'
import { PEOPLE_ORDER } from '#domain/identity/lists.ts'
import { ALL_INVOICES_ORDER } from '#domain/selling/lists.ts'
import type { UserType } from '#domain/identity/enums.ts'
import { writeCursor } from '#api/list-cursor.ts'
import type { Who, World } from './world.ts'

/**
 * Who may use a route. everyone: no sign-in asked. people: whoever is signed in. browser: whoever holds the cookie of that checkout.
 * machine: proves itself by a secret, whoever is signed in. A list: these roles of weokto.com.
 */
export type Audience = 'everyone' | 'people' | 'browser' | 'machine' | readonly UserType[]

export interface Row {
  audience: Audience
  /** The one site whose people and things it serves; elsewhere it finds nothing. */
  site?: 'STAM'
  /** What somebody who may gets for the request below. */
  ok: number
  /** Names of path parameters to values that are one's own. */
  own?: (w: World, who: Who, sessionId: string) => Record<string, string>
  /** Values that are somebody else's, which must be answered as if they did not exist, but for staff where they may look. */
  others?: (w: World, who: Who) => Record<string, string>
  /** Staff of moderation may look into every channel: what they get instead of 404. */
  othersForStaff?: number
  body?: (w: World, who: Who) => unknown
  /** Query parameters that the route knows, each with a value that it takes. */
  query?: Record<string, string>
}

const AFFILIATION = ['AFFILIATE', 'OWNER'] as const
const PAGE = { page: '1', size: '25' }
/** A list in its latest first, after a row that may be gone: what changes of it is no place of any list. */
const listAfter = (order: ListOrder, sort: Sort, value: Date | string) => ({
  size: '25',
  sort,
  after: writeCursor(order, sort, { value, id: 'a'.repeat(24) }),
})
const MARCH = '2026-03-01..2026-03-31'
const LONG_AGO = new Date('2026-01-01T00:00:00Z')

const ownSession: Row['own'] = (_w, _who, sessionId) => (sessionId === '' ? {} : { id: sessionId })
const ownCheckout: Row['own'] = (w, who) => ({ id: w.sold(who).openCheckoutId })
const paidCheckout: Row['own'] = (w, who) => ({ id: w.sold(who).paidCheckoutId })
const othersCheckout: Row['others'] = (w, who) => ({ id: w.soldToOthers(who).openCheckoutId })
const ownChannel: Row['own'] = (w, who) => ({ id: w.chat(who).channelId })
const othersChannel: Row['others'] = (w, who) => ({ id: w.chatOfOthers(who).channelId })

const checkout = { audience: 'browser', site: 'STAM', own: ownCheckout, others: othersCheckout } as const
/** Whoever asks, it is about an affiliate, who may not see it either. */
const affiliate = { audience: ['OWNER'], own: (w) => ({ id: w.userId('affiliate') }) } as const satisfies Partial<Row>
const channel = { audience: 'people', own: ownChannel, others: othersChannel, othersForStaff: 200 } as const

/** Every route that the app lists. One that is missing here fails the battery, so that none is forgotten. */
export const ROUTES: Readonly<Record<string, Row>> = {
  'GET /*': { audience: 'everyone', ok: 404 },
  'HEAD /*': { audience: 'everyone', ok: 404 },
  'GET /r/:code': {
    audience: 'everyone',
    ok: 302,
    own: (w, who) => ({ code: w.sold(who).linkCode }),
    query: { sub: 'bio', to: '/l/x', utm_source: 'blog', utm_campaign: 'été' },
  },

  'GET /api/health': { audience: 'everyone', ok: 200 },
  'GET /api/health/deep': { audience: 'machine', ok: 401 },
  'GET /api/me': { audience: 'everyone', ok: 200 },
  'GET /api/policy': { audience: 'everyone', ok: 200 },
  'GET /api/guilds': { audience: 'everyone', ok: 200 },
  'GET /api/showcase': { audience: 'everyone', ok: 200 },
  'POST /api/sign-in': { audience: 'everyone', ok: 202, body: () => ({ email: `${newId()}@people.test`, next: '/' }) },
  'POST /api/sign-in/confirm': {
    audience: 'everyone',
    ok: 410,
    body: () => ({ token: 'a'.repeat(43), email: 'a@people.test', code: '123456' }),
  },
  'POST /api/sign-out': { audience: 'everyone', ok: 200 },
  'GET /api/setup': { audience: 'everyone', ok: 200 },
  // There is an owner already: nobody opens it again, whatever they bring.
  'POST /api/setup': { audience: 'people', ok: 410, body: () => ({ key: 'x'.repeat(64) }) },

  'GET /api/sessions': { audience: 'people', ok: 200 },
  'GET /api/account': { audience: 'people', ok: 200 },

  'GET /api/pay/:buttonKey': { audience: 'everyone', site: 'STAM', ok: 200, own: (w, who) => ({ buttonKey: w.sold(who).buttonKey }) },
  'POST /api/checkouts': {
    audience: 'everyone',
    site: 'STAM',
    ok: 201,
    body: (w, who) => ({ buttonKey: w.soldToOthers(who).buttonKey, email: `${newId()}@buyers.test`, country: 'FR', ck: 'x.y.z' }),
  },
  'GET /api/checkouts/:id': { ...checkout, ok: 200 },
  'POST /api/checkouts/:id/code': { ...checkout, ok: 200, body: () => ({ code: '123456' }) },
  'POST /api/checkouts/:id/code-mail': { ...checkout, ok: 409 },
  'POST /api/checkouts/:id/capture': { ...checkout, ok: 201 },
  'POST /api/checkouts/:id/order': {
    ...checkout,
    ok: 409,
    body: () => ({ amountCents: 4900, termsVersion: '2026-11', ageConfirmed: true, immediateStart: true }),
  },
  'POST /api/checkouts/:id/resume': { ...checkout, ok: 200 },
  'POST /api/checkouts/:id/enter': { ...checkout, ok: 200, own: paidCheckout },

  'GET /api/communities': { audience: 'people', ok: 200 },
  'GET /api/communities/:slug': {
    audience: 'people',
    ok: 200,
    own: (w, who) => ({ slug: w.chat(who).slug }),
    others: (w, who) => ({ slug: w.chatOfOthers(who).slug }),
    othersForStaff: 200,
  },
  'GET /api/channels/:id/messages': { ...channel, ok: 200, query: { after: '0', limit: '50' } },
  'POST /api/channels/:id/messages': {
    ...channel,
    ok: 201,
    othersForStaff: 403,
    body: () => ({ clientId: newId(), content: 'Bonjour', replyToId: null }),
  },
  'GET /api/channels/:id/events': { ...channel, ok: 200, query: { after: '0' } },
  'POST /api/channels/:id/ticket': { ...channel, ok: 200 },
  'POST /api/channels/:id/read': { ...channel, ok: 200, body: () => ({ seq: 1 }) },

  'GET /api/marketplace': { audience: AFFILIATION, ok: 200 },
  'GET /api/links': { audience: AFFILIATION, ok: 200, query: { ...PAGE, state: 'active', sort: 'clicks', period: MARCH } },
  'POST /api/links': {
    audience: AFFILIATION,
    ok: 201,
    body: (w) => ({ productId: w.sold('buyer').productId, label: 'Bio', campaign: 'été', toPath: '/l/x' }),
  },
  'PATCH /api/links/:id': {
    audience: AFFILIATION,
    ok: 200,
    own: (w, who) => ({ id: w.link(who) }),
    others: (w, who) => ({ id: w.linkOfOthers(who) }),
    body: () => ({ label: 'Bio', campaign: null, toPath: '/l/x', isActive: true, isArchived: false }),
  },
  'GET /api/affiliate/home': { audience: AFFILIATION, ok: 200 },
  'GET /api/affiliate/commissions': {
    audience: AFFILIATION,
    ok: 200,
    query: { ...listAfter(OWN_COMMISSIONS_ORDER, 'earnedAt', LONG_AGO), status: 'LOCKED', productId: 'a'.repeat(24), waits: 'main' },
  },
  'GET /api/affiliate/commissions/:id': {
    audience: AFFILIATION,
    ok: 200,
    own: (w, who) => ({ id: w.sold(who).commissionId }),
    others: (w, who) => ({ id: w.soldToOthers(who).commissionId }),
  },
  'GET /api/affiliate/ledger': { audience: AFFILIATION, ok: 200, query: { account: 'LOCKED', size: '25', after: '1_a' } },

  'GET /api/admin/overview': { audience: ['OWNER'], ok: 200 },
  'GET /api/admin/decisions': { audience: ['OWNER'], ok: 200, query: PAGE },
  'POST /api/admin/money-back/:id/resolve': { audience: ['OWNER'], ok: 404, body: () => ({ reason: 'Répondu chez le processeur' }) },
  'POST /api/admin/discrepancies/:id/resolve': { audience: ['OWNER'], ok: 404, body: () => ({ reason: 'Remboursé chez le processeur' }) },
  'GET /api/admin/sales': {
    audience: ['OWNER'],
    ok: 200,
    query: { ...listAfter(ALL_INVOICES_ORDER, '-datedAt', LONG_AGO), q: 'a', status: 'PAID', period: MARCH, refunds: MARCH },
  },
  'GET /api/admin/commissions': {
    audience: ['OWNER'],
    ok: 200,
    query: { ...listAfter(ALL_COMMISSIONS_ORDER, 'decideBy', LONG_AGO), q: 'a', status: 'LOCKED' },
  },
  'GET /api/admin/affiliates/:id': { ...affiliate, ok: 200 },
  'GET /api/admin/affiliates/:id/note': { ...affiliate, ok: 200 },
  'PUT /api/admin/affiliates/:id/note': { ...affiliate, ok: 200, body: () => ({ text: 'À rappeler en janvier', version: 0 }) },
  'GET /api/admin/people': {
    audience: ['ADMIN', 'OWNER'],
    ok: 200,
    query: { ...listAfter(PEOPLE_ORDER, 'email', 'b@people.test'), q: 'a', platform: 'STAM' },
  },
  'POST /api/admin/people/:id/lift-mark': { audience: ['ADMIN', 'OWNER'], ok: 404, body: () => ({ platform: 'STAM' }) },
  'GET /api/admin/products': {
    audience: ['PRODUCT_MANAGER', 'OWNER'],
    ok: 200,
    query: { ...listAfter(PRODUCTS_ORDER, '-createdAt', LONG_AGO), q: 'a', state: 'published' },
  },

  'POST /webhooks/pci-vault/capture/:id': {
    audience: 'machine',
    ok: 401,
    own: (w, who) => ({ id: w.sold(who).captureId }),
    body: () => ({ metadata: {}, token_info: {} }),
  },
  'POST /webhooks/pci-vault/charge/:id': {
    audience: 'machine',
    ok: 401,
    own: (w, who) => ({ id: w.sold(who).attemptId }),
    body: () => ({ status: 200, body: '{}' }),
  },
  'POST /webhooks/processor': { audience: 'machine', ok: 401, body: () => ({ id: 'evt_1', type: 'payment_intent.succeeded' }) },

  'POST /webhooks/mail': {
    audience: 'machine',
    ok: 401,
    body: () => ({ type: 'email.bounced', created_at: '2026-11-25T12:00:00Z', data: {} }),
  },
  'POST /webhooks/rooms/:id/rights': { audience: 'machine', ok: 401, own: ownChannel, body: () => ({ sessions: [] }) },

  // Last, because ending a buyer's session also takes their checkouts from the browser that made them.
  'DELETE /api/sessions/:id': { audience: 'people', ok: 200, own: ownSession, others: (w) => ({ id: w.sessionOfOthers }) },
  'DELETE /api/sessions': { audience: 'people', ok: 200 },
}

export function methodOf(route: string): string {
  return route.split(' ')[0] ?? ''
}

/** The path of a route with its parameters filled in; what is not given is an id that nobody has. A wildcard stands for a page. */
export function pathOf(route: string, parameters: Record<string, string>): string {
  const [, pattern = ''] = route.split(' ')
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => inPath(parameters[name] ?? newId()))
  return path.replace('*', 'some/page')
}

/** A value that already looks encoded goes as it is, right or wrong: the app must bear "%ff" too. */
function inPath(value: string): string {
  return /^[\w.%~-]+$/.test(value) ? value : encodeURIComponent(value.toWellFormed())
}
