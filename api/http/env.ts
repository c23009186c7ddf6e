import type { EdgeFacts } from '#api/client.ts'
import type { Ctx, Services } from '#api/context.ts'

/** The types that every Hono router of this app carries: services come in with the request, the context is made by `context-middleware`. */
export interface AppEnv {
  Bindings: { services: Services; edge?: EdgeFacts }
  Variables: { ctx: Ctx; requestId: string }
}
