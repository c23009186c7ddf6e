import { and, eq, isNull } from 'drizzle-orm'
import { weoktoUsers } from '#db/schema/all.ts'
import type { Locale } from '#domain/base/enums.ts'
import type { AddressedMail, MailContent } from '#api/adapters/mail/port.ts'
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

/** What tells every owner, each in their own language. */
export function composeForOwners(
  ctx: Ctx,
  owners: Awaited<ReturnType<typeof selectOwners>>,
  mailIn: (locale: Locale) => MailContent,
): AddressedMail[] {
  if (owners.length === 0) throw new Error('There is no owner who could be told.')
  return owners.map(({ email: to, locale }) => ({ from: ctx.config.EMAIL_FROM_WEOKTO, to, ...mailIn(locale) }))
}
