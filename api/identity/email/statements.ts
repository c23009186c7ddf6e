import { and, eq, exists, inArray, isNotNull, isNull, not, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { emailStates, outbox, weoktoUsers } from '#db/schema/all.ts'
import { markOf, type EmailMark, type EmailState } from '#domain/identity/email-state.ts'
import type { Ctx } from '#api/context.ts'
import { OWNERS_KINDS } from '#api/outbox/enqueue.ts'

/** Joins what is newly known of an address with what was: each time only grows. The same as `decideEmailState`, whoever writes first. */
export function joinEmailState({ db }: Pick<Ctx, 'db'>, email: string, state: EmailState) {
  const { bouncedAt, complainedAt, provenAt, liftedAt } = emailStates
  return db
    .insert(emailStates)
    .values({ email, ...state })
    .onConflictDoUpdate({
      target: emailStates.email,
      set: {
        bouncedAt: sql`greatest(${bouncedAt}, excluded."bouncedAt")`,
        complainedAt: sql`greatest(${complainedAt}, excluded."complainedAt")`,
        provenAt: sql`greatest(${provenAt}, excluded."provenAt")`,
        liftedAt: sql`greatest(${liftedAt}, excluded."liftedAt")`,
      },
    })
}

const standing = (at: string, ends: SQL) =>
  sql`(s.${sql.identifier(at)} is not null and s.${sql.identifier(at)} >= coalesce(${ends}, '-infinity'))`
const complaintStands = standing('complainedAt', sql`s."liftedAt"`)
const bounceStands = standing('bouncedAt', sql`greatest(s."liftedAt", s."provenAt")`)

/** `markOf` in SQL, held equal by `statements.test.ts` beside this file. */
export const isMarked = (email: SQLWrapper): SQL =>
  sql`exists (select from ${emailStates} s where s.email = ${email} and (${complaintStands} or ${bounceStands}))`

/** The marked ones among these addresses, in one round trip. */
export async function loadMarks({ db }: Pick<Ctx, 'db'>, emails: readonly string[]): Promise<ReadonlyMap<string, EmailMark>> {
  const asked = [...new Set(emails.map((email) => email.toLowerCase()))]
  if (asked.length === 0) return new Map()
  const rows = await db.select().from(emailStates).where(inArray(emailStates.email, asked))
  const marks = rows.map((row) => [row.email.toLowerCase(), markOf(row)] as const)
  return new Map(marks.flatMap(([email, mark]) => (mark === null ? [] : [[email, mark] as const])))
}

/** What all owners were to be told needs one of them who may be written to, whichever of them it was withheld for. */
const hasReader = ({ db }: Pick<Ctx, 'db'>) =>
  and(
    inArray(outbox.kind, [...OWNERS_KINDS]),
    exists(
      db
        .select({ id: weoktoUsers.id })
        .from(weoktoUsers)
        .where(and(eq(weoktoUsers.userType, 'OWNER'), isNull(weoktoUsers.bannedAt), not(isMarked(weoktoUsers.email)))),
    ),
  )

/** What waited for a mark to go is due as soon as it is gone, with every try that it had left. Nothing but the mark kept it. */
export function releaseWithheld({ db, clock }: Pick<Ctx, 'db' | 'clock'>) {
  const isWithheld = and(isNotNull(outbox.withheldAt), isNull(outbox.sentAt), isNull(outbox.failedAt))
  return db
    .update(outbox)
    .set({ withheldAt: null, withheldFor: null, lastError: null, nextAttemptAt: clock() })
    .where(and(isWithheld, or(not(isMarked(outbox.withheldFor)), hasReader({ db }))))
}

const instantOf = (now: Date) => sql`${now.toISOString()}::timestamp`

/**
 * Goes before the statement that notes a proof: if it ends a bounce, the provider's list is to forget the address, because it would go on keeping
 * every mail from it.
 */
export function liftIfProven(ctx: Pick<Ctx, 'db' | 'now' | 'newId'>, email: string) {
  return liftStatement(ctx, email, ctx.newId(), sql`${bounceStands} and s."bouncedAt" < ${instantOf(ctx.now)}`)
}

/**
 * Goes after the statement that notes a bounce: one of before a proof marks nothing, but the provider's list has known the address since. `cause` is
 * the event's own name, so that a repeat asks for nothing further.
 */
export function liftIfProvenSince(ctx: Pick<Ctx, 'db' | 'now' | 'newId'>, email: string, cause: string) {
  return liftStatement(ctx, email, cause, sql`s."provenAt" > s."bouncedAt" and s."bouncedAt" >= coalesce(s."liftedAt", '-infinity')`)
}

function liftStatement({ db, now, newId }: Pick<Ctx, 'db' | 'now' | 'newId'>, email: string, cause: string, which: SQL) {
  const at = instantOf(now)
  return db.execute(sql`insert into ${outbox} (id, kind, payload, "dedupeKey", "nextAttemptAt", "createdAt")
    select ${newId()}, 'lift-suppression', s.email, ${`lift-suppression:${cause}`}, ${at}, ${at} from ${emailStates} s
    where s.email = ${email} and ${which} and not ${complaintStands} on conflict do nothing`)
}

/**
 * Notes that somebody reads mail at an address. A bounce that stands does not end here: it ends when the provider's list has forgotten the address,
 * or what was withheld would leave first, be suppressed, and be lost.
 */
export function noteProof({ db, now }: Pick<Ctx, 'db' | 'now'>, email: string) {
  return db.execute(sql`insert into ${emailStates} (email, "provenAt") select ${email}, ${instantOf(now)}
    where not exists (select from ${emailStates} s where s.email = ${email} and ${bounceStands})
    on conflict (email) do update set "provenAt" = greatest(${emailStates}."provenAt", excluded."provenAt")`)
}

export const selectEmailState = ({ db }: Pick<Ctx, 'db'>, email: string) =>
  db.select().from(emailStates).where(eq(emailStates.email, email)).limit(1)
