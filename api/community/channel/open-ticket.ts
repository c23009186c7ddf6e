import { requireUser } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { loadReadable } from './load-readable.ts'

export interface TicketView {
  /** The socket's address with the ticket in it: good for one channel, once, within a minute. */
  url: string
  expiresAt: string
}

/** Under what name somebody of the staff sits in a room whose community they are no member of. */
export const staffMemberId = (userId: string): string => `staff-${userId}`

/** The only way into a room: made from the session, for somebody who may read the channel now. */
export async function openTicket(ctx: Ctx, input: { channelId: string }): Promise<TicketView> {
  const actor = requireUser(ctx)
  const facts = await loadReadable(ctx, actor, input.channelId)
  const holder = {
    channelId: facts.channelId,
    memberId: facts.memberId ?? staffMemberId(actor.userId),
    sessionId: actor.sessionId,
    platform: actor.platform,
    displayName: facts.displayName,
    isSilent: facts.memberId === null,
  }
  const { url, expiresAt } = await ctx.ports.rooms.ticket(holder, ctx.now)
  return { url, expiresAt: expiresAt.toISOString() }
}
