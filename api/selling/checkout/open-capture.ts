import { sql } from 'drizzle-orm'
import { must, reloading } from '#db/client.ts'
import { captureSessions, checkoutSessions } from '#db/schema/all.ts'
import { AppError } from '#domain/error.ts'
import { assertCardStep } from '#domain/selling/checkout.ts'
import { VaultError, type Capture } from '#api/adapters/pci-vault/port.ts'
import type { Ctx } from '#api/context.ts'
import { randomToken, sha256Hex } from '#api/crypto.ts'
import { briefOf, log } from '#api/log.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { countOrRefuse } from '#api/rate-limit.ts'
import { closeCapture, nameCapture } from './close-capture.ts'
import { loadCheckout, type LoadedCheckout, type OwnCheckout } from './load-checkout.ts'
import { webhookUrl } from './webhook-url.ts'

/**
 * Opens a short-lived page at the vault in which the buyer types the card. Our row comes first, so that its webhook always finds it. Reloading the
 * page opens another one, because the vault's secret is not kept here: the later closes the earlier, so that never two can be used.
 */
export async function openCapture(ctx: Ctx, input: OwnCheckout): Promise<{ iframeUrl: string; expiresAt: string }> {
  const secret = randomToken()
  const { loaded, id, expiresAt } = await reloading(async () => writeCapture(ctx, await loadOpenable(ctx, input), await sha256Hex(secret)))
  const { checkout, button, policy } = loaded
  const capture = await askVault(ctx, id, {
    reference: checkout.id,
    ttlMinutes: policy.checkout.captureMinutes,
    webhook: {
      url: webhookUrl(ctx, 'capture', id, button.pcivaultWebhookUrl),
      secret,
      metadata: { captureId: id, checkoutId: checkout.id, captureStartedAt: ctx.now.toISOString() },
    },
    site: ctx.platform,
    locale: ctx.locale,
  })
  const isOpen = await nameCapture(ctx, id, capture.uniqueId)
  drainSoon(ctx)
  if (!isOpen) throw new AppError('card_form_replaced')
  return { iframeUrl: capture.iframeUrl, expiresAt: expiresAt.toISOString() }
}

async function loadOpenable(ctx: Ctx, input: OwnCheckout): Promise<LoadedCheckout> {
  const loaded = await loadCheckout(ctx, input)
  assertCardStep(loaded.step)
  if (loaded.checkout.capturesOpened >= loaded.policy.checkout.capturesMost) throw new AppError('card_forms_used_up')
  await countOrRefuse(ctx, [{ key: `capture-from:${ctx.client.ip ?? 'unknown'}`, most: loaded.policy.checkout.capturesPerNetworkHour }])
  return loaded
}

/** The checkout's row is taken first, so that openings at the same moment follow one another and each closes the one before it. */
async function writeCapture(ctx: Ctx, loaded: LoadedCheckout, secretHash: string) {
  const { db, now } = ctx
  const { checkout, policy } = loaded
  const id = ctx.newId()
  const expiresAt = new Date(now.getTime() + policy.checkout.captureMinutes * 60_000)
  await db.batch([
    must(
      db,
      'card_forms_left',
      db
        .update(checkoutSessions)
        // An order that is being placed compares `updatedAt`; opening a form changes nothing that it rests on.
        .set({ capturesOpened: sql`${checkoutSessions.capturesOpened} + 1`, updatedAt: sql`${checkoutSessions.updatedAt}` })
        .where(
          sql`${checkoutSessions.id} = ${checkout.id} and ${checkoutSessions.state} in ('CARD', 'REVIEW') and ${checkoutSessions.capturesOpened} < ${policy.checkout.capturesMost}`,
        ),
    ),
    closeCapture(ctx, sql`"checkoutSessionId" = ${checkout.id}`),
    db.insert(captureSessions).values({ id, checkoutSessionId: checkout.id, secretHash, captureStartedAt: now, expiresAt, createdAt: now }),
  ])
  return { loaded, id, expiresAt }
}

/** Whatever the vault did not say it opened is not waited for. */
async function askVault(ctx: Ctx, id: string, order: Parameters<Ctx['ports']['vault']['createCapture']>[0]): Promise<Capture> {
  try {
    return await ctx.ports.vault.createCapture(order)
  } catch (error) {
    await closeCapture(ctx, sql`id = ${id}`)
    if (!(error instanceof VaultError)) throw error
    log(ctx, 'capture_not_opened', { message: briefOf(error) })
    throw new AppError('unavailable')
  }
}
