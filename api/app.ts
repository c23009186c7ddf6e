import { Hono } from 'hono'
import { AppError } from '#domain/error.ts'
import { bodyGuard } from './http/body-guard.ts'
import { signedInContext, visitorContext } from './http/context-middleware.ts'
import type { AppEnv } from './http/env.ts'
import { answerError, onError } from './http/errors.ts'
import { burstGuard } from './http/burst-guard.ts'
import { jsonOnly } from './http/json-only.ts'
import { headersMiddleware, requestIdMiddleware } from './http/answer.ts'
import { originGuard } from './http/origin-guard.ts'
import { adminRoutes } from './overview/routes.ts'
import { accountRoutes } from './selling/subscription/routes.ts'
import { affiliateRoutes } from './affiliation/commission/routes.ts'
import { chatRoutes } from './community/channel/routes.ts'
import { checkoutRoutes } from './selling/checkout/routes.ts'
import { clickRoutes } from './affiliation/click/routes.ts'
import { guildRoutes } from './community/community/routes.ts'
import { healthRoutes } from './health-routes.ts'
import { linkRoutes } from './affiliation/link/routes.ts'
import { marketplaceRoutes } from './catalogue/product/routes.ts'
import { meRoutes } from './identity/person/routes.ts'
import { pageRoutes } from './page-routes.ts'
import { sessionRoutes } from './identity/session/routes.ts'
import { showcaseRoutes } from './community/community/open-routes.ts'
import { signInRoutes } from './identity/sign-in/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/**
 * The table of contents. Order matters: an id and headers for every answer, then the site, then the refusals (body, origin), then who asks.
 * Chained, so that the SPA's typed client knows every route.
 */
const api = new Hono<AppEnv>()
  .use(jsonOnly, signedInContext, burstGuard)
  .route('/', healthRoutes)
  .route('/', meRoutes)
  .route('/', signInRoutes)
  .route('/', sessionRoutes)
  .route('/', checkoutRoutes)
  .route('/', accountRoutes)
  .route('/', showcaseRoutes)
  .route('/', chatRoutes)
  .route('/', guildRoutes)
  .route('/', marketplaceRoutes)
  .route('/', linkRoutes)
  .route('/', affiliateRoutes)
  .route('/', adminRoutes)
  .all('/*', () => {
    throw new AppError('not_found')
  })

export const app = new Hono<AppEnv>()
  .onError(onError)
  .notFound((c) => answerError(c, new AppError('not_found')))
  // A click must cost next to nothing, so it stands before the chain.
  .route('/', clickRoutes)
  .use(requestIdMiddleware, headersMiddleware, visitorContext, bodyGuard, originGuard)
  .route('/api', api)
  .route('/webhooks', webhookRoutes)
  .route('/', pageRoutes)

export type AppType = typeof app
