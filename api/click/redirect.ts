import { isbot } from 'isbot'
import type { Ctx } from '#api/context.ts'
import { originOf } from '#api/http/site.ts'
import { decideRedirect, linkCode, tokenCarriage, withClickToken, type ClickRequest, type RedirectDecision, type Sites } from '#domain/link.ts'
import { DEFAULT_POLICY, type Policy } from '#domain/policy.ts'
import type { ClickMessage } from './click-message.ts'
import { findLink } from './find-link.ts'
import type { KnownLink } from './load-link.ts'
import { sendClick } from './send-click.ts'
import { signClickToken } from './sign-click-token.ts'

/** What a redirect needs of the context; it is called before the heavier parts of one are made. */
export type ClickCtx = Pick<Ctx, 'client' | 'config' | 'db' | 'now' | 'platform' | 'runtime'>

export interface Click extends Pick<ClickRequest, 'method' | 'query' | 'headers'> {
  code: string
  referrer: string | null
}

export interface Redirection {
  location: string
  /** The token to keep in a cookie: only where the policy sets one without asking. */
  cookie: { token: string; maxAgeSeconds: number } | null
}

const DAY_SECONDS = 86_400

/**
 * Sends a visitor on. Nothing here waits for a write: the click is handed over after the answer, and a warm link costs no read. With the
 * database down, a link that nobody remembers leads home like an unknown one.
 */
export async function redirect(ctx: ClickCtx, { code, referrer, ...asked }: Click): Promise<Redirection> {
  const known = linkCode.safeParse(code)
  const link = known.success ? await findLink(ctx, known.data).catch(noteAndIgnore) : null
  const policy = policyOf(link)
  const request = { ...asked, isBot: isBot(ctx.client.userAgent), platform: ctx.platform }
  const decision = decideRedirect(link, request, sitesOf(ctx), policy)
  if (!link || !decision.click) return { location: decision.location, cookie: null }
  const clickId = crypto.randomUUID().replaceAll('-', '')
  const iat = Math.floor(ctx.now.getTime() / 1000)
  const exp = iat + link.cookieDurationDays * DAY_SECONDS
  const { subId } = decision.click
  ctx.runtime.waitUntil(sendClick(ctx, messageOf(ctx, link, decision.click, { clickId, expiresAt: exp * 1000, referrer })))
  if (!decision.mintsToken) return { location: decision.location, cookie: null }
  const { affiliateId, linkId, communityId, productId } = link
  const claims = { clickId, affiliateId, linkId, communityId, ...(productId ? { productId } : {}), ...(subId ? { sub: subId } : {}), iat, exp }
  const token = await signClickToken(ctx.config.CLICK_SECRET, claims)
  const { inUrl, inCookie } = tokenCarriage(policy, false)
  return { location: inUrl ? withClickToken(decision.location, token) : decision.location, cookie: inCookie ? { token, maxAgeSeconds: exp - iat } : null }
}

/** A browser names itself; what does not is a machine. */
function isBot(userAgent: string | null): boolean {
  return userAgent === null || isbot(userAgent)
}

/** Only what the link was loaded with counts here; the rest of the policy has no say in a redirect. */
function policyOf(link: KnownLink | null): Policy {
  if (!link) return DEFAULT_POLICY
  const { clicks, switches } = DEFAULT_POLICY
  return { ...DEFAULT_POLICY, clicks: { ...clicks, consentMode: link.consentMode }, switches: { ...switches, links: link.areLinksOpen } }
}

function sitesOf({ config }: ClickCtx): Sites {
  return {
    origins: { WEOKTO: originOf(config, 'WEOKTO'), STAM: originOf(config, 'STAM') },
    hosts: { WEOKTO: config.WEOKTO_HOSTS, STAM: config.STAM_HOSTS },
  }
}

type Recorded = NonNullable<RedirectDecision['click']>

function messageOf(ctx: ClickCtx, link: KnownLink, click: Recorded, made: Pick<ClickMessage, 'clickId' | 'expiresAt' | 'referrer'>): ClickMessage {
  const { linkId, affiliateId, productId, platform } = link
  return { ...made, linkId, affiliateId, productId, platform, clickedAt: ctx.now.getTime(), ...click, utm: click.utm ?? {}, ...ctx.client }
}

function noteAndIgnore(error: unknown): null {
  console.error(JSON.stringify({ level: 'error', event: 'link_unreadable', name: error instanceof Error ? error.name : 'unknown' }))
  return null
}
