import { auditLog } from '#db/schema/all.ts'
import { AUDIT, type AuditAction, type AuditSubject } from '#domain/audit.ts'
import type { Ctx } from './context.ts'

interface Line<Action extends AuditAction> {
  action: Action
  about: AuditSubject<Action>
  aboutId: string
  /** What of it the action changed, as it was and as it is. */
  before?: object
  after?: object
  /** Why, in the words of whoever did it. */
  reason?: string
  /** When something else of the batch names the line. */
  id?: string
}

/**
 * A line of the audit log: who did what to what, and when. It goes into the batch that has its effect, so that neither is without the other; the
 * database lets nobody change or delete it. What the platform does by itself has no person, whoever's request it was that brought it about.
 */
export function auditStatement<Action extends AuditAction>(ctx: Ctx, { action, about, aboutId, ...line }: Line<Action>) {
  return ctx.db.insert(auditLog).values({
    id: ctx.newId(),
    ...actorOf(ctx, action),
    action,
    targetType: about,
    targetId: aboutId,
    ...line,
    createdAt: ctx.now,
  })
}

function actorOf({ actor, client }: Ctx, action: AuditAction) {
  if (AUDIT[action].by === 'system') return { actorId: null, actorRole: 'SYSTEM' }
  if (actor.kind !== 'user') throw new Error(`${action} is done by a person.`)
  return { actorId: actor.userId, actorRole: actor.role, ip: client.ip }
}
