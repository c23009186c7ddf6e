import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isToken } from '#api/crypto.ts'
import { originOf } from '#api/sites.ts'
import type { AppEnv } from './env.ts'

/** Cookies of ours. Each is HttpOnly and host-only; `__Host-` and Secure wherever the site speaks https (a browser refuses both on plain http). */
export const COOKIES = {
  session: 'session',
  /** Ties a sign-in link to the browser that asked for it. */
  signIn: 'signin',
  /** Ties a checkout to the browser that opened it. */
  checkout: 'checkout',
  /** The click token, only after consent. */
  click: 'ck',
} as const

type CookieName = (typeof COOKIES)[keyof typeof COOKIES]

/** A cookie that holds a secret of ours. Whatever has not the form of one is none: an empty cookie is nobody's. */
export function readSecret(c: Context<AppEnv>, name: 'session' | 'signin' | 'checkout'): string | null {
  const value = readCookie(c, name)
  return value !== undefined && isToken(value) ? value : null
}

export function readCookie(c: Context<AppEnv>, name: CookieName): string | undefined {
  return getCookie(c, prefixed(c, name))
}

export function writeCookie(c: Context<AppEnv>, name: CookieName, value: string, maxAgeSeconds: number): void {
  setCookie(c, prefixed(c, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: maxAgeSeconds,
  })
}

export function dropCookie(c: Context<AppEnv>, name: CookieName): void {
  writeCookie(c, name, '', 0)
}

function prefixed(c: Context<AppEnv>, name: CookieName): string {
  return isSecure(c) ? `__Host-${name}` : name
}

function isSecure(c: Context<AppEnv>): boolean {
  const { config, platform } = c.get('ctx')
  return originOf(config, platform).startsWith('https:')
}
