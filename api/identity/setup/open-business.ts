import { and, eq, isNull } from 'drizzle-orm'
import { must, reloading } from '#db/client.ts'
import { businessOpening, weoktoUsers } from '#db/schema/all.ts'
import { decideSetup, setupState, SETUP_TRIES_PER_NETWORK_HOUR } from '#domain/identity/setup.ts'
import { AppError } from '#domain/error.ts'
import { text } from '#domain/error-text.ts'
import { auditStatement } from '#api/audit.ts'
import { requireFresh, requireUser } from '#api/authorize.ts'
import type { Ctx, UserActor } from '#api/context.ts'
import { sameHash, sha256Hex } from '#api/crypto.ts'
import { countOrRefuse } from '#api/rate-limit.ts'
import { loadIsOpened } from './show-setup.ts'

/**
 * Makes whoever brings the set-up key the first owner, once and never again. They have just proven their address; their account, if they had one, keeps
 * all it has. Of however many who bring the key together one row of `business_opening` lets one through.
 */
export async function openBusiness(ctx: Ctx, { key }: { key: string }): Promise<void> {
  const actor = requireUser(ctx)
  // The back office is weokto.com's: nobody of the other site can own it.
  if (ctx.platform !== 'WEOKTO') throw new AppError('setup_closed')
  requireFresh(ctx, actor)
  await countOrRefuse(ctx, [{ key: `setup-from:${ctx.client.ip ?? 'unknown'}`, most: SETUP_TRIES_PER_NETWORK_HOUR }])
  return reloading(async () => {
    const { SETUP_KEY } = ctx.config
    const state = setupState(await loadIsOpened(ctx), SETUP_KEY !== undefined)
    try {
      decideSetup(state, await isKey(key, SETUP_KEY))
    } catch (error) {
      throw onItsField(error, ctx)
    }
    await write(ctx, actor)
  })
}

/** Compared by their hashes: how long it takes tells nothing of the key. */
async function isKey(brought: string, key: string | undefined): Promise<boolean> {
  return key !== undefined && sameHash(await sha256Hex(brought), await sha256Hex(key))
}

function onItsField(error: unknown, { locale }: Ctx): unknown {
  if (!(error instanceof AppError) || error.code !== 'setup_key_wrong') return error
  return new AppError(error.code, undefined, { key: text(error.code, locale) })
}

async function write(ctx: Ctx, actor: UserActor): Promise<void> {
  const { db, now } = ctx
  const person = and(eq(weoktoUsers.id, actor.userId), isNull(weoktoUsers.bannedAt))
  await db.batch([
    must(db, 'business_unopened', db.insert(businessOpening).values({ ownerId: actor.userId, openedAt: now }).onConflictDoNothing()),
    must(db, 'owner_made', db.update(weoktoUsers).set({ userType: 'OWNER', updatedAt: now }).where(person)),
    auditStatement(ctx, {
      action: 'business.opened',
      about: 'weokto_user',
      aboutId: actor.userId,
      before: { role: actor.role },
      after: { role: 'OWNER' },
    }),
  ])
}
