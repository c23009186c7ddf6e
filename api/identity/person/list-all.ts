import { and, asc, count, desc, eq, gt, sql, type SQL } from 'drizzle-orm'
import * as z from 'zod/mini'
import { communityMembers, emailStates, stamSessions, stamUsers, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { PLATFORMS } from '#domain/base/enums.ts'
import { markOf, type EmailState } from '#domain/identity/email-state.ts'
import { USER_TYPES } from '#domain/identity/enums.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { PageQuery } from '#api/params.ts'
import { holdsText, searchText } from '#api/search-text.ts'

export const ListPeople = z.extend(PageQuery, {
  platform: z._default(z.enum(PLATFORMS), 'WEOKTO'),
  /** Only people of weokto.com have one. */
  role: z.optional(z.enum(USER_TYPES)),
  q: z.optional(searchText),
  sort: z._default(z.enum(['createdAt', 'lastLoginAt', 'email']), 'createdAt'),
  direction: z._default(z.enum(['asc', 'desc']), 'desc'),
})

export type ListPeople = z.infer<typeof ListPeople>

/** The people of one site for support: who they are and when they were here. No amount, and nothing that tells one. */
export async function listAllPeople(ctx: Ctx, input: ListPeople) {
  requirePermission(ctx, 'identity.people')
  const [people, totals] = input.platform === 'WEOKTO' ? await loadWeokto(ctx, input) : await loadStam(ctx, input)
  return { people: people.map(viewPerson), total: totals[0]?.total ?? 0, page: input.page, size: input.size }
}

/** Why no mail goes to somebody stands beside them, with the way to change it. */
function viewPerson<Row extends { emailState: EmailState | null }>({ emailState, ...person }: Row) {
  return { ...person, emailMark: emailState && markOf(emailState) }
}

function loadWeokto({ db, now }: Ctx, { role, q, ...list }: ListPeople) {
  const u = weoktoUsers
  const shown = and(role === undefined ? undefined : eq(u.userType, role), holdsText(q, [u.email, u.displayName]))
  const sessions = sql<number>`(select count(*)::int from ${weoktoSessions} where ${and(eq(weoktoSessions.userId, u.id), gt(weoktoSessions.expiresAt, now))})`
  const communities = sql<number>`(select count(*)::int from ${communityMembers} m where m."weoktoUserId" = ${sql.identifier('weokto_users')}.id and m."isActive")`
  return db.batch([
    db
      .select({ ...personColumns(u), role: u.userType, sessions, communities })
      .from(u)
      .leftJoin(emailStates, eq(emailStates.email, u.email))
      .where(shown)
      .orderBy(...orderOf(u, list))
      .limit(list.size)
      .offset((list.page - 1) * list.size),
    db.select({ total: count() }).from(u).where(shown),
  ])
}

function loadStam({ db, now }: Ctx, { q, ...list }: ListPeople) {
  const u = stamUsers
  const shown = holdsText(q, [u.email, u.displayName])
  const sessions = sql<number>`(select count(*)::int from ${stamSessions} where ${and(eq(stamSessions.userId, u.id), gt(stamSessions.expiresAt, now))})`
  const communities = sql<number>`(select count(*)::int from ${communityMembers} m where m."stamUserId" = ${sql.identifier('stam_users')}.id and m."isActive")`
  return db.batch([
    db
      .select({ ...personColumns(u), role: sql<'CLIENT'>`'CLIENT'`, sessions, communities })
      .from(u)
      .leftJoin(emailStates, eq(emailStates.email, u.email))
      .where(shown)
      .orderBy(...orderOf(u, list))
      .limit(list.size)
      .offset((list.page - 1) * list.size),
    db.select({ total: count() }).from(u).where(shown),
  ])
}

function personColumns(u: typeof weoktoUsers | typeof stamUsers) {
  return {
    id: u.id,
    email: u.email,
    displayName: u.displayName,
    createdAt: u.createdAt,
    lastLoginAt: u.lastLoginAt,
    emailVerifiedAt: u.emailVerifiedAt,
    bannedAt: u.bannedAt,
    locale: u.locale,
    emailState: emailStates,
  }
}

function orderOf(u: typeof weoktoUsers | typeof stamUsers, { sort, direction }: Pick<ListPeople, 'sort' | 'direction'>): SQL[] {
  const way = direction === 'asc' ? asc : desc
  return [sql`${way({ createdAt: u.createdAt, lastLoginAt: u.lastLoginAt, email: u.email }[sort])} nulls last`, way(u.id)]
}
