import type { Ctx } from '#api/context.ts'
import { originOf } from '#api/http/site.ts'
import { safePath } from '#domain/origin.ts'
import { cleanLine } from '#domain/text.ts'
import type { ClickMessage } from './click-message.ts'
import { findLink } from './find-link.ts'
import type { KnownLink } from './load-link.ts'
import { sendClick } from './send-click.ts'
import { signClickToken } from './sign-click-token.ts'

/** What a redirect needs of the context; it is called before the heavier parts of one are made. */
export type ClickCtx = Pick<Ctx, 'client' | 'config' | 'db' | 'now' | 'platform' | 'runtime'>

export interface Click {
  code: string
  query: URLSearchParams
  isHead: boolean
  /** What `Sec-Purpose`, `Purpose` or `X-Moz` says, null when nothing does. */
  purpose: string | null
  referrer: string | null
}

export interface Redirection {
  location: string
  /** The token to keep in a cookie: only where the policy sets one without asking. */
  cookie: { token: string; maxAgeSeconds: number } | null
}

const CODE = /^[0-9A-Za-z_-]{4,32}$/
const UTM = /^utm_([a-z]{1,20})$/
const MOST_UTM = 8
const DAY_SECONDS = 86_400

/**
 * Sends a visitor on. Nothing here waits for a write: the click is handed over after the answer, and a warm link costs no read. An unknown or
 * disabled code, or a database that is down for a link that nobody remembers, leads to the site's home.
 */
export async function redirect(ctx: ClickCtx, click: Click): Promise<Redirection> {
  const link = CODE.test(click.code) ? await findLink(ctx, click.code).catch(noteAndIgnore) : null
  if (!link?.isOpen) return { location: `${originOf(ctx.config, ctx.platform)}/`, cookie: null }
  const iat = Math.floor(ctx.now.getTime() / 1000)
  const exp = iat + link.cookieDurationDays * DAY_SECONDS
  const clickId = crypto.randomUUID().replaceAll('-', '')
  const sub = subOf(click.query)
  const token = await signClickToken(ctx.config.CLICK_SECRET, {
    clickId,
    affiliateId: link.affiliateId,
    linkId: link.id,
    communityId: link.communityId,
    ...(link.productId ? { productId: link.productId } : {}),
    ...(sub ? { sub } : {}),
    iat,
    exp,
  })
  const target = targetOf(ctx, link, click.query)
  if (link.consentMode !== 'strict') target.searchParams.set('ck', token)
  ctx.runtime.waitUntil(sendClick(ctx, messageOf(ctx, click, link, { clickId, sub, exp, landingPath: target.pathname })))
  const cookie = link.consentMode === 'open' ? { token, maxAgeSeconds: exp - iat } : null
  return { location: target.href, cookie }
}

/** The affiliate's own mark, as it may be stored: a sale writes it from the token without asking anybody. */
function subOf(query: URLSearchParams): string | null {
  const sub = query.get('sub')
  return sub ? cleanLine(sub.slice(0, 100)).slice(0, 100).toWellFormed() || null : null
}

/** The path asked for if it stays on our sites, else the link's own, else the landing page; campaign marks travel along. */
function targetOf(ctx: ClickCtx, link: KnownLink, query: URLSearchParams): URL {
  const path = safePath(query.get('to')) ?? safePath(link.toPath)
  const target = path === null ? new URL(link.landingUrl) : new URL(path, originOf(ctx.config, link.platform))
  for (const [name, value] of query) if (UTM.test(name)) target.searchParams.set(name, value)
  return target
}

function messageOf(ctx: ClickCtx, click: Click, link: KnownLink, made: { clickId: string; sub: string | null; exp: number; landingPath: string }): ClickMessage {
  const utm = Object.fromEntries(
    Array.from(click.query)
      .flatMap(([name, value]) => (UTM.test(name) ? [[name.slice(4), value] as const] : []))
      .slice(0, MOST_UTM),
  )
  return {
    clickId: made.clickId,
    linkId: link.id,
    affiliateId: link.affiliateId,
    productId: link.productId,
    platform: link.platform,
    clickedAt: ctx.now.getTime(),
    expiresAt: made.exp * 1000,
    campaign: utm['campaign'] ?? link.campaign,
    sub: made.sub,
    utm,
    landingPath: made.landingPath,
    referrer: click.referrer,
    ...ctx.client,
    isHead: click.isHead,
    purpose: click.purpose,
  }
}

function noteAndIgnore(error: unknown): null {
  console.error(JSON.stringify({ level: 'error', event: 'link_unreadable', name: error instanceof Error ? error.name : 'unknown' }))
  return null
}
