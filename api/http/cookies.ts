import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod/mini'
import { SESSION_DAYS, SIGN_IN_MINUTES } from '#domain/identity/sign-in.ts'
import { ENTER_HOURS } from '#domain/selling/checkout.ts'
import { isToken } from '#api/crypto.ts'
import { originOf } from '#api/sites.ts'
import type { AppEnv } from './env.ts'

/** Browsers keep no cookie longer than 400 days, and the serializer refuses more. */
const MOST_SECONDS = 400 * 86_400

/** A secret of ours; whatever has not the form of one is none: an empty cookie is nobody's. */
const Secret = z.string().check(z.refine(isToken))

/**
 * Cookies of ours: how each is called, what it may hold, how long a browser keeps it. Each is HttpOnly and host-only; `__Host-` and Secure wherever
 * the site speaks https (a browser refuses both on plain http). The language is the page's own (`domain/base/locale-cookie.ts`).
 */
const COOKIES = {
  session: { name: 'session', value: Secret, seconds: SESSION_DAYS * 86_400 },
  /** Ties a sign-in link to the browser that asked for it. */
  signIn: { name: 'signin', value: Secret, seconds: SIGN_IN_MINUTES * 60 },
  /** Ties a checkout to the browser that opened it. */
  checkout: { name: 'checkout', value: Secret, seconds: ENTER_HOURS * 3_600 },
  /** The click token, only after consent, for as long as its programme says. */
  click: { name: 'ck', value: z.string().check(z.minLength(1), z.maxLength(2_000)), seconds: MOST_SECONDS },
} as const

type Cookie = keyof typeof COOKIES

/** What this browser brought, or null: a value that we cannot have given it is as good as none. */
export function readCookie(c: Context<AppEnv>, cookie: Cookie): string | null {
  const read = COOKIES[cookie].value.safeParse(getCookie(c, cookieName(cookie, isSecure(c))))
  return read.success ? read.data : null
}

export function writeCookie(c: Context<AppEnv>, cookie: Cookie, value: string): void {
  const secure = isSecure(c)
  setCookie(c, cookieName(cookie, secure), value, cookieAttributes(secure, COOKIES[cookie].seconds))
}

export function dropCookie(c: Context<AppEnv>, cookie: Cookie): void {
  const secure = isSecure(c)
  setCookie(c, cookieName(cookie, secure), '', cookieAttributes(secure, 0))
}

export function cookieName(cookie: Cookie, secure: boolean): string {
  return secure ? `__Host-${COOKIES[cookie].name}` : COOKIES[cookie].name
}

export function cookieAttributes(secure: boolean, seconds: number) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: Math.min(seconds, MOST_SECONDS) } as const
}

function isSecure(c: Context<AppEnv>): boolean {
  const { config, platform } = c.get('ctx')
  return originOf(config, platform).startsWith('https:')
}
