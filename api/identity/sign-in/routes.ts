import { Hono } from 'hono'
import { ConfirmSignIn, RequestSignIn, SIGN_IN_MINUTES } from '#domain/identity/sign-in.ts'
import { randomToken } from '#api/crypto.ts'
import { COOKIES, dropCookie, readSecret, writeCookie } from '#api/http/cookies.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { SESSION_DAYS } from '#api/identity/session/new-session.ts'
import { confirmSignIn } from './confirm-sign-in.ts'
import { requestSignIn } from './request-sign-in.ts'
import { signOut } from './sign-out.ts'

export const signInRoutes = new Hono<AppEnv>()
  .post('/sign-in', validate('json', RequestSignIn), async (c) => {
    const browserSecret = readSecret(c, COOKIES.signIn) ?? randomToken()
    await requestSignIn(c.get('ctx'), { ...c.req.valid('json'), browserSecret })
    writeCookie(c, COOKIES.signIn, browserSecret, SIGN_IN_MINUTES * 60)
    return c.json({ sent: true as const, minutes: SIGN_IN_MINUTES }, 202)
  })
  .post('/sign-in/confirm', validate('json', ConfirmSignIn), async (c) => {
    const { token, next } = await confirmSignIn(c.get('ctx'), {
      ...c.req.valid('json'),
      browserSecret: readSecret(c, COOKIES.signIn),
      oldToken: readSecret(c, COOKIES.session),
      checkoutSecret: readSecret(c, COOKIES.checkout),
    })
    writeCookie(c, COOKIES.session, token, SESSION_DAYS * 86_400)
    dropCookie(c, COOKIES.signIn)
    return c.json({ next }, 200)
  })
  .post('/sign-out', async (c) => {
    await signOut(c.get('ctx'), { checkoutSecret: readSecret(c, COOKIES.checkout) })
    dropCookie(c, COOKIES.session)
    dropCookie(c, COOKIES.checkout)
    return c.json({ signedOut: true as const }, 200)
  })
