import { eq } from 'drizzle-orm'
import * as z from 'zod/mini'
import { emailStates, stamUsers, weoktoUsers } from '#db/schema/all.ts'
import { PLATFORMS } from '#domain/base/enums.ts'
import { AppError } from '#domain/error.ts'
import { markOf } from '#domain/identity/email-state.ts'
import { auditStatement } from '#api/audit.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { drainSoon } from '#api/outbox/drain-once.ts'
import { outboxStatement } from '#api/outbox/enqueue.ts'

export const LiftMark = z.object({ platform: z.enum(PLATFORMS) })

/**
 * Staff let an address be written to again. The mark goes when the provider has taken it off its own list, and what was withheld leaves then; until
 * that it stands, because it is true. Asked again meanwhile, it is asked once more, which changes nothing.
 */
export async function liftMark(ctx: Ctx, { platform, id }: z.infer<typeof LiftMark> & { id: string }): Promise<void> {
  requirePermission(ctx, 'identity.people')
  const users = platform === 'WEOKTO' ? weoktoUsers : stamUsers
  const [person] = await ctx.db
    .select({ email: users.email, state: emailStates })
    .from(users)
    .leftJoin(emailStates, eq(emailStates.email, users.email))
    .where(eq(users.id, id))
    .limit(1)
  if (!person) throw new AppError('not_found')
  const mark = person.state && markOf(person.state)
  if (!mark) throw new AppError('conflict')
  await ctx.db.batch([
    outboxStatement(ctx, { kind: 'lift-suppression', payload: person.email, dedupeKey: `lift-suppression:${ctx.newId()}` }),
    auditStatement(ctx, {
      action: 'email.mark_lifted',
      about: platform === 'WEOKTO' ? 'weokto_user' : 'stam_user',
      aboutId: id,
      before: { mark },
    }),
  ])
  drainSoon(ctx)
}
