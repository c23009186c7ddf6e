import { Hono, type Context } from 'hono'
import { PlaceOrder, ProveEmail, StartCheckout } from '#domain/selling/checkout.ts'
import { randomToken } from '#api/crypto.ts'
import { readCookie, writeCookie } from '#api/http/cookies.ts'
import type { AppEnv } from '#api/http/env.ts'
import { validate } from '#api/http/validate.ts'
import { IdParam } from '#api/params.ts'
import { enterPurchase } from './enter-purchase.ts'
import { openCapture } from './open-capture.ts'
import { ButtonKeyParam, showOffer } from './show-offer.ts'
import { placeOrder } from './place-order.ts'
import { proveEmail } from './prove-email.ts'
import { resendCode } from './resend-code.ts'
import { resumePayment } from './resume-payment.ts'
import { showCheckout } from './show-checkout.ts'
import { startCheckout } from './start-checkout.ts'

function own(c: Context<AppEnv>, id: string) {
  return { id, browserSecret: readCookie(c, 'checkout') }
}

export const checkoutRoutes = new Hono<AppEnv>()
  .get('/pay/:buttonKey', validate('param', ButtonKeyParam), async (c) => c.json(await showOffer(c.get('ctx'), c.req.valid('param')), 200))
  .post('/checkouts', validate('json', StartCheckout), async (c) => {
    const browserSecret = readCookie(c, 'checkout') ?? randomToken()
    const started = await startCheckout(c.get('ctx'), {
      ...c.req.valid('json'),
      browserSecret,
      cookieToken: readCookie(c, 'click'),
    })
    writeCookie(c, 'checkout', browserSecret)
    return c.json(started, 201)
  })
  .get('/checkouts/:id', validate('param', IdParam), async (c) =>
    c.json(await showCheckout(c.get('ctx'), own(c, c.req.valid('param').id)), 200),
  )
  .post('/checkouts/:id/code', validate('param', IdParam), validate('json', ProveEmail), async (c) => {
    const mine = own(c, c.req.valid('param').id)
    await proveEmail(c.get('ctx'), { ...mine, ...c.req.valid('json') })
    return c.json(await showCheckout(c.get('ctx'), mine), 200)
  })
  .post('/checkouts/:id/code-mail', validate('param', IdParam), async (c) => {
    await resendCode(c.get('ctx'), own(c, c.req.valid('param').id))
    return c.json({ sent: true as const }, 202)
  })
  .post('/checkouts/:id/capture', validate('param', IdParam), async (c) =>
    c.json(await openCapture(c.get('ctx'), own(c, c.req.valid('param').id)), 201),
  )
  .post('/checkouts/:id/order', validate('param', IdParam), validate('json', PlaceOrder), async (c) => {
    const mine = own(c, c.req.valid('param').id)
    await placeOrder(c.get('ctx'), { ...mine, order: c.req.valid('json') })
    return c.json(await showCheckout(c.get('ctx'), mine), 202)
  })
  .post('/checkouts/:id/resume', validate('param', IdParam), async (c) => {
    const mine = own(c, c.req.valid('param').id)
    await resumePayment(c.get('ctx'), mine)
    return c.json(await showCheckout(c.get('ctx'), mine), 200)
  })
  .post('/checkouts/:id/enter', validate('param', IdParam), async (c) => {
    const { token, path } = await enterPurchase(c.get('ctx'), {
      ...own(c, c.req.valid('param').id),
      oldToken: readCookie(c, 'session'),
    })
    if (token) writeCookie(c, 'session', token)
    return c.json({ path }, 200)
  })
