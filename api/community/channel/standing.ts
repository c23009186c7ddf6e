import { sql, type SQL } from 'drizzle-orm'
import { givesAccess } from '#db/open-purchase.ts'
import { CHAT_STAFF } from '#domain/access.ts'
import type { Platform } from '#domain/base/enums.ts'
import type { UserActor } from '#api/context.ts'

/** Whose facts are asked: a person's by value, or each of many by the columns of the query around. */
export interface Asker {
  platform: Platform
  userId: string | SQL
  scopeCustomerId: string | SQL | null
}

/** Staff of the platform may look into every community of both sites. A session limited to one purchase never does. */
export const isChatStaff = (actor: Pick<UserActor, 'scopeCustomerId' | 'role'>): boolean =>
  actor.scopeCustomerId === null && CHAT_STAFF.includes(actor.role)

/**
 * The member row `m` of this person in the community `co`. Joined by column, so each site finds its own people only. To a session of one purchase
 * every other community is a stranger's: whether the address it was bought under belongs to it, or once did, is not its to learn.
 */
export const memberJoin = (actor: Asker): SQL =>
  actor.platform === 'WEOKTO'
    ? sql`left join community_members m on m."communityId" = co.id and m."weoktoUserId" = ${actor.userId}
          left join weokto_users u on u.id = m."weoktoUserId"`
    : sql`left join community_members m on m."communityId" = co.id and m."stamUserId" = ${actor.userId} and ${isOfPurchase(actor)}
          left join stam_users u on u.id = m."stamUserId"`

const isOfPurchase = ({ scopeCustomerId }: Asker): SQL =>
  scopeCustomerId === null
    ? sql`true`
    : sql`(${scopeCustomerId}::text is null or exists (
        select from customers own join products op on op.id = own."productId" where own.id = ${scopeCustomerId} and op."communityId" = co.id))`

/** The purchases of this person that give access now; a session made by an unproven e-mail sees its own purchase only. */
const livePurchases = (actor: Asker): SQL => {
  const owner = actor.platform === 'WEOKTO' ? sql`cu."weoktoUserId" = ${actor.userId}` : sql`cu."stamUserId" = ${actor.userId}`
  const { scopeCustomerId } = actor
  const scope = scopeCustomerId === null ? sql`` : sql` and (${scopeCustomerId}::text is null or cu.id = ${scopeCustomerId})`
  return sql`customers cu join products p on p.id = cu."productId"
    where (${owner} or cu.id = m."customerId")${scope} and ${givesAccess(sql`cu.status`)}`
}

/** A membership without purchase is free; one with a purchase lives as long as any purchase in that community does. */
export const hasLiveAccess = (actor: Asker): SQL => {
  const free =
    actor.scopeCustomerId === null
      ? sql`m."customerId" is null or `
      : sql`(${actor.scopeCustomerId}::text is null and m."customerId" is null) or `
  return sql`(m.id is not null and (${free}exists (select 1 from ${livePurchases(actor)} and p."communityId" = co.id)))`
}

export const isOpenedByProduct = (actor: Asker): SQL => sql`(m.id is not null and exists (
  select 1 from product_access pa where pa."accessType" = 'channel' and pa."targetId" = c.id::text
    and pa."productId" in (select cu."productId" from ${livePurchases(actor)} and p."communityId" = co.id)))`

/** Which communities a person's request may touch at all: those of the site they are on, and for staff both sites'. */
export const onThisSite = (platform: Platform, isStaff: boolean | SQL): SQL => sql`(${isStaff}::boolean or co.platform::text = ${platform})`
