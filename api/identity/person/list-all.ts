import { and, eq, gt, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import { communityMembers, emailStates, stamSessions, stamUsers, weoktoSessions, weoktoUsers } from '#db/schema/all.ts'
import { PLATFORMS } from '#domain/base/enums.ts'
import { markOf, type EmailState } from '#domain/identity/email-state.ts'
import { USER_TYPES } from '#domain/identity/enums.ts'
import { PEOPLE_ORDER } from '#domain/identity/lists.ts'
import { requirePermission } from '#api/authorize.ts'
import type { Ctx } from '#api/context.ts'
import { listInput, listQuery } from '#api/list-query.ts'
import { holdsText, searchText } from '#api/search-text.ts'

export const ListPeople = z.extend(listInput(PEOPLE_ORDER), {
  platform: z._default(z.enum(PLATFORMS), 'WEOKTO'),
  /** Only people of weokto.com have one. */
  role: z.optional(z.enum(USER_TYPES)),
  q: z.optional(searchText),
})

export type ListPeople = z.infer<typeof ListPeople>

/** The people of one site for support: who they are and when they were here. No amount, and nothing that tells one. */
export async function listAllPeople(ctx: Ctx, input: ListPeople) {
  requirePermission(ctx, 'identity.people')
  return input.platform === 'WEOKTO' ? loadWeokto(ctx, input) : loadStam(ctx, input)
}

const tableOf = (u: typeof weoktoUsers | typeof stamUsers) =>
  ({
    order: PEOPLE_ORDER,
    id: u.id,
    columns: {
      createdAt: { by: u.createdAt, kind: 'instant' },
      lastLoginAt: { by: u.lastLoginAt, kind: 'instant', isNullable: true },
      email: { by: u.email, kind: 'caseless' },
    },
  }) as const

/** Why no mail goes to somebody stands beside them, with the way to change it. */
function viewPerson<Row extends { emailState: EmailState | null }>({ emailState, ...person }: Row) {
  return { ...person, emailMark: emailState && markOf(emailState) }
}

async function loadWeokto({ db, now }: Ctx, { role, q, ...asked }: ListPeople) {
  const u = weoktoUsers
  const list = listQuery(tableOf(u), asked)
  const shown = and(role === undefined ? undefined : eq(u.userType, role), holdsText(q, [u.email, u.displayName]))
  const sessions = sql<number>`(select count(*)::int from ${weoktoSessions} where ${and(eq(weoktoSessions.userId, u.id), gt(weoktoSessions.expiresAt, now))})`
  const communities = sql<number>`(select count(*)::int from ${communityMembers} m where m."weoktoUserId" = ${sql.identifier('weokto_users')}.id and m."isActive")`
  const [people, totals] = await db.batch([
    db
      .select({ ...personColumns(u), role: u.userType, sessions, communities })
      .from(u)
      .leftJoin(emailStates, eq(emailStates.email, u.email))
      .where(and(shown, list.within))
      .orderBy(...list.order)
      .limit(list.limit),
    db.select(list.counted).from(u).where(shown),
  ])
  return list.page(people.map(viewPerson), totals)
}

async function loadStam({ db, now }: Ctx, { q, ...asked }: ListPeople) {
  const u = stamUsers
  const list = listQuery(tableOf(u), asked)
  const shown = holdsText(q, [u.email, u.displayName])
  const sessions = sql<number>`(select count(*)::int from ${stamSessions} where ${and(eq(stamSessions.userId, u.id), gt(stamSessions.expiresAt, now))})`
  const communities = sql<number>`(select count(*)::int from ${communityMembers} m where m."stamUserId" = ${sql.identifier('stam_users')}.id and m."isActive")`
  const [people, totals] = await db.batch([
    db
      .select({ ...personColumns(u), role: sql<'CLIENT'>`'CLIENT'`, sessions, communities })
      .from(u)
      .leftJoin(emailStates, eq(emailStates.email, u.email))
      .where(and(shown, list.within))
      .orderBy(...list.order)
      .limit(list.limit),
    db.select(list.counted).from(u).where(shown),
  ])
  return list.page(people.map(viewPerson), totals)
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
