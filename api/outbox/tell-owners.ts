import { and, eq, isNull } from 'drizzle-orm'
import { weoktoUsers } from '#db/schema/all.ts'
import type { Locale } from '#domain/base/enums.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'

/** No business has more owners than that. */
const MOST_OWNERS = 20

export function selectOwners({ db }: Ctx) {
  return db
    .select({ id: weoktoUsers.id, email: weoktoUsers.email, locale: weoktoUsers.locale })
    .from(weoktoUsers)
    .where(and(eq(weoktoUsers.userType, 'OWNER'), isNull(weoktoUsers.bannedAt)))
    .orderBy(weoktoUsers.id)
    .limit(MOST_OWNERS)
}

/**
 * Tells every owner, each in their own language. A try that broke off half-way is repeated as a whole: the provider knows each mail by its key and
 * delivers it once.
 */
export async function tellOwners(
  ctx: Ctx,
  owners: Awaited<ReturnType<typeof selectOwners>>,
  rowId: string,
  mailIn: (locale: Locale) => MailContent,
): Promise<void> {
  if (owners.length === 0) throw new Error('There is no owner who could be told.')
  for (const { id, email: to, locale } of owners) {
    await ctx.ports.mailer.send({ from: ctx.config.EMAIL_FROM_WEOKTO, to, ...mailIn(locale), idempotencyKey: `${rowId}:${id}` })
  }
}
