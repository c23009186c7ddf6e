import { Hono } from 'hono'
import { ConfirmSignIn, RequestSignIn, SIGN_IN_MINUTES } from '#domain/identity/sign-in.ts'
import { randomToken } from '#api/crypto.ts'
import { dropCookie, readCookie, writeCookie } from '#api/http/cookies.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { confirmSignIn } from './confirm-sign-in.ts'
import { requestSignIn } from './request-sign-in.ts'
import { signOut } from './sign-out.ts'

export const signInRoutes = new Hono<AppEnv>()
  .post('/sign-in', validate('json', RequestSignIn), async (c) => {
    const browserSecret = readCookie(c, 'signIn') ?? randomToken()
    await requestSignIn(c.get('ctx'), { ...c.req.valid('json'), browserSecret })
    writeCookie(c, 'signIn', browserSecret)
    return c.json({ sent: true as const, minutes: SIGN_IN_MINUTES }, 202)
  })
  .post('/sign-in/confirm', validate('json', ConfirmSignIn), async (c) => {
    const { token, next } = await confirmSignIn(c.get('ctx'), {
      ...c.req.valid('json'),
      browserSecret: readCookie(c, 'signIn'),
      oldToken: readCookie(c, 'session'),
      checkoutSecret: readCookie(c, 'checkout'),
    })
    writeCookie(c, 'session', token)
    dropCookie(c, 'signIn')
    return c.json({ next }, 200)
  })
  .post('/sign-out', async (c) => {
    await signOut(c.get('ctx'), { checkoutSecret: readCookie(c, 'checkout') })
    dropCookie(c, 'session')
    dropCookie(c, 'checkout')
    return c.json({ signedOut: true as const }, 200)
  })
