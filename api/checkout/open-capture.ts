import { and, count, eq } from 'drizzle-orm'
import { captureSessions } from '#db/schema/all.ts'
import { assertCardStep } from '#domain/checkout.ts'
import { AppError } from '#domain/error.ts'
import type { Ctx } from '#api/context.ts'
import { randomToken, sha256Hex } from '#api/http/secrets.ts'
import { VaultError } from '#api/pci-vault/port.ts'
import { loadCheckout, type OwnCheckout } from './load-checkout.ts'
import { webhookUrl } from './webhook-url.ts'

/** Reloading the page opens another endpoint, because the vault's secret is not kept here; a checkout gets so many and no more. */
const MOST_CAPTURES = 20

/** Opens a short-lived page at the vault in which the buyer types the card. Our row comes first, so that its webhook always finds it. */
export async function openCapture(ctx: Ctx, input: OwnCheckout): Promise<{ iframeUrl: string; expiresAt: string }> {
  const { checkout, button, policy, step } = await loadCheckout(ctx, input)
  assertCardStep(step)
  const [opened] = await ctx.db.select({ n: count() }).from(captureSessions).where(eq(captureSessions.checkoutSessionId, checkout.id))
  if ((opened?.n ?? 0) >= MOST_CAPTURES) throw new AppError('rate_limited')
  const id = ctx.newId()
  const secret = randomToken()
  const expiresAt = new Date(ctx.now.getTime() + policy.checkout.captureMinutes * 60_000)
  await ctx.db.insert(captureSessions).values({
    id,
    checkoutSessionId: checkout.id,
    secretHash: await sha256Hex(secret),
    captureStartedAt: ctx.now,
    expiresAt,
    createdAt: ctx.now,
  })
  const capture = await askVault(ctx, {
    reference: checkout.id,
    ttlMinutes: policy.checkout.captureMinutes,
    webhook: {
      url: webhookUrl(ctx, 'capture', id, button.pcivaultWebhookUrl),
      secret,
      metadata: { captureId: id, checkoutId: checkout.id, captureStartedAt: ctx.now.toISOString() },
    },
    locale: ctx.locale,
  })
  await ctx.db
    .update(captureSessions)
    .set({ uniqueId: capture.uniqueId })
    .where(and(eq(captureSessions.id, id)))
  return { iframeUrl: capture.iframeUrl, expiresAt: expiresAt.toISOString() }
}

async function askVault(ctx: Ctx, order: Parameters<Ctx['ports']['vault']['createCapture']>[0]) {
  try {
    return await ctx.ports.vault.createCapture(order)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    console.error(JSON.stringify({ level: 'error', what: 'open capture', requestId: ctx.requestId, message: error.message.slice(0, 200) }))
    throw new AppError('unavailable')
  }
}
