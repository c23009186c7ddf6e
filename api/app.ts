import { Hono } from 'hono'
import { AppError } from '#domain/error.ts'
import { bareHost } from './http/bare-host.ts'
import { bodyGuard } from './http/body-guard.ts'
import { signedInContext, visitorContext } from './http/context-middleware.ts'
import type { AppEnv } from './http/env.ts'
import { answerError, onError } from './http/errors.ts'
import { burstGuard } from './http/burst-guard.ts'
import { jsonOnly } from './http/json-only.ts'
import { headersMiddleware, requestIdMiddleware } from './http/answer.ts'
import { originGuard } from './http/origin-guard.ts'
import { healthRoutes } from './health-routes.ts'
import { policyRoutes } from './identity/policy/routes.ts'
import { personRoutes } from './identity/person/routes.ts'
import { signInRoutes } from './identity/sign-in/routes.ts'
import { setupRoutes } from './identity/setup/routes.ts'
import { sessionRoutes } from './identity/session/routes.ts'
import { communityRoutes } from './community/community/routes.ts'
import { channelRoutes } from './community/channel/routes.ts'
import { messageRoutes } from './community/message/routes.ts'
import { productRoutes } from './catalogue/product/routes.ts'
import { clickRoutes } from './affiliation/click/routes.ts'
import { linkRoutes } from './affiliation/link/routes.ts'
import { commissionRoutes } from './affiliation/commission/routes.ts'
import { ledgerRoutes } from './affiliation/ledger/routes.ts'
import { profileRoutes } from './affiliation/profile/routes.ts'
import { checkoutRoutes } from './selling/checkout/routes.ts'
import { paymentRoutes } from './selling/payment/routes.ts'
import { invoiceRoutes } from './selling/invoice/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { pageRoutes } from './page-routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/**
 * The table of contents. Order matters: an id and headers for every answer, then the site, then the refusals (body, another name of the site, origin), then who asks.
 * Chained, so that the SPA's typed client knows every route.
 */
const api = new Hono<AppEnv>()
  .use(jsonOnly, signedInContext, burstGuard)
  .route('/', healthRoutes)
  .route('/', policyRoutes)
  .route('/', personRoutes)
  .route('/', signInRoutes)
  .route('/', setupRoutes)
  .route('/', sessionRoutes)
  .route('/', communityRoutes)
  .route('/', channelRoutes)
  .route('/', messageRoutes)
  .route('/', productRoutes)
  .route('/', linkRoutes)
  .route('/', commissionRoutes)
  .route('/', ledgerRoutes)
  .route('/', profileRoutes)
  .route('/', checkoutRoutes)
  .route('/', paymentRoutes)
  .route('/', invoiceRoutes)
  .route('/', overviewRoutes)
  .all('/*', () => {
    throw new AppError('not_found')
  })

export const app = new Hono<AppEnv>()
  .onError(onError)
  .notFound((c) => answerError(c, new AppError('not_found')))
  // A click must cost next to nothing, so it stands before the chain.
  .route('/', clickRoutes)
  .use(requestIdMiddleware, headersMiddleware, visitorContext, bodyGuard, bareHost, originGuard)
  .route('/api', api)
  .route('/webhooks', webhookRoutes)
  .route('/', pageRoutes)

export type AppType = typeof app
