import { Hono, type Context } from 'hono'
import { isId } from '#domain/base/id.ts'
import { AppError } from '#domain/error.ts'
import { WEBHOOK_SECRET_HEADER } from '#api/adapters/pci-vault/dialect.ts'
import { checkRights } from '#api/community/channel/check-rights.ts'
import type { Ctx } from '#api/context.ts'
import type { AppEnv } from '#api/http/env.ts'
import { receiveMailEvent } from '#api/identity/email/receive-mail-event.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { sendPromised } from '#api/outbox/send-promised.ts'
import { receiveCapture } from '#api/selling/checkout/receive-capture.ts'
import { receiveCharge } from '#api/selling/payment/receive-charge.ts'
import { receiveProcessorEvent } from '#api/selling/payment/receive-processor-event.ts'

/** Machines call these. Each proves itself before its body is believed; anything but 2xx is delivered again. */
export const webhookRoutes = new Hono<AppEnv>()
  .post('/pci-vault/capture/:id', async (c) => {
    const { ctx, attemptId } = asVault(c)
    const outcome = await receiveCapture(ctx, {
      captureId: attemptId,
      secret: c.req.header(WEBHOOK_SECRET_HEADER),
      body: await c.req.text(),
    })
    drainSoon(ctx)
    return c.json({ outcome }, 200)
  })
  .post('/pci-vault/charge/:id', async (c) => {
    const { ctx, attemptId } = asVault(c)
    const { outcome, promised } = await receiveCharge(ctx, {
      attemptId,
      secret: c.req.header(WEBHOOK_SECRET_HEADER),
      body: await c.req.text(),
    })
    sendPromised(ctx, promised)
    return c.json({ outcome }, 200)
  })
  .post('/processor', async (c) => {
    const ctx: Ctx = { ...c.get('ctx'), actor: { kind: 'webhook', source: 'processor' } }
    const signature = c.req.header('stripe-signature') ?? null
    const { outcome, promised } = await receiveProcessorEvent(ctx, { signature, body: await c.req.text() })
    sendPromised(ctx, promised)
    return c.json({ outcome }, 200)
  })
  .post('/mail', async (c) => {
    const ctx: Ctx = { ...c.get('ctx'), actor: { kind: 'webhook', source: 'mail' } }
    const headers = { id: c.req.header('svix-id'), timestamp: c.req.header('svix-timestamp'), signature: c.req.header('svix-signature') }
    const outcome = await receiveMailEvent(ctx, { headers, body: await c.req.text() })
    drainSoon(ctx)
    return c.json({ outcome }, 200)
  })
  .post('/rooms/:id/rights', async (c) => {
    const authorization = c.req.header('authorization') ?? null
    return c.json(await checkRights(c.get('ctx'), { channelId: c.req.param('id'), authorization, body: await c.req.text() }), 200)
  })
  .all('/*', (c) => {
    throw new AppError(c.req.method === 'POST' ? 'not_found' : 'method_not_allowed')
  })

function asVault(c: Context<AppEnv>): { ctx: Ctx; attemptId: string } {
  const attemptId = c.req.param('id')
  if (!isId(attemptId)) throw new AppError('not_found')
  return { ctx: { ...c.get('ctx'), actor: { kind: 'webhook', source: 'pci-vault', attemptId } }, attemptId }
}
