import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { Platform } from '#domain/base/enums.ts'

/**
 * Whether somebody has ever shown that this address is theirs, or been let in under it without buying: a confirmation, a login, a session of the
 * whole account, a free membership, any account of weokto.com. A purchase alone shows nothing, because anybody may buy under any address.
 */
export const hasProvenOwner = (email: SQLWrapper | string): SQL<boolean> => sql<boolean>`(
  exists (select from stam_users u where u.email = ${email} and (u."emailVerifiedAt" is not null or u."lastLoginAt" is not null
    or exists (select from stam_sessions s where s."userId" = u.id and s."scopeCustomerId" is null)
    or exists (select from community_members m where m."stamUserId" = u.id and m."customerId" is null)))
  or exists (select from weokto_users w where w.email = ${email}))`

/**
 * Whether the mailbox of an address is anybody's whom we know, by whatever trace: then its checkout begins with the mailed code. By the mailbox, as
 * those who are asked in passing are chosen: the same address with a tag would otherwise tell a stranger which of the two it is.
 */
export const isKnown = (email: SQLWrapper | string): SQL<boolean> => sql<boolean>`(
  exists (select from stam_users u where mailbox_of(u.email::text) = mailbox_of(${email}::text)
    and (u."emailVerifiedAt" is not null or u."lastLoginAt" is not null or u."bannedAt" is not null
    or exists (select from stam_sessions s where s."userId" = u.id and s."scopeCustomerId" is null)
    or exists (select from community_members m where m."stamUserId" = u.id)
    or exists (select from customers c where c."stamUserId" = u.id and c.status <> 'INCOMPLETE')))
  or exists (select from weokto_users w where mailbox_of(w.email::text) = mailbox_of(${email}::text)))`

/** Whether who pays under this address is banned; a guild also asks the account that becomes its member. */
export const isBanned = (email: SQLWrapper | string, platform: Platform): SQL<boolean> => {
  const payer = sql`exists (select from stam_users u where u.email = ${email} and u."bannedAt" is not null)`
  if (platform === 'STAM') return sql<boolean>`(${payer})`
  return sql<boolean>`(${payer} or exists (select from weokto_users w where w.email = ${email} and w."bannedAt" is not null))`
}
