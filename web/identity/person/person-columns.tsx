import { Link } from '@tanstack/react-router'
import type { Platform } from '#domain/base/enums.ts'
import type { UserType } from '#domain/identity/enums.ts'
import type { Person } from '#web/data/people.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Badge, StatusBadge } from '#web/ui/badge.tsx'
import { DateTime, RelativeTime } from '#web/ui/date-time.tsx'
import { formatDay } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import type { Column } from '#web/ui/table.tsx'
import { EmailMark } from './lift-mark.tsx'

export const roleWords: Record<UserType, () => string> = {
  CLIENT: m.role_client,
  AFFILIATE: m.role_affiliate,
  ADMIN: m.role_admin,
  PRODUCT_MANAGER: m.role_product_manager,
  OWNER: m.role_owner,
}

function state({ bannedAt, emailVerifiedAt }: Person) {
  if (bannedAt) return <StatusBadge tone="danger" label={m.identity_people_banned()} why={m.base_since({ day: formatDay(bannedAt) })} />
  return emailVerifiedAt ? (
    <StatusBadge tone="success" label={m.identity_people_ok()} />
  ) : (
    <StatusBadge tone="warning" label={m.identity_people_unconfirmed()} />
  )
}

/** An affiliate's page is opened from here by whoever may open it. */
function who({ id, email, displayName, role }: Person, opens: boolean) {
  return (
    <span className="wk-part">
      {opens && role === 'AFFILIATE' ? (
        <Link to="/admin/affiliates/$id" params={{ id }}>
          {email}
        </Link>
      ) : (
        email
      )}
      {displayName && <span className="ui-small ui-muted">{displayName}</span>}
    </span>
  )
}

export function personColumns(platform: Platform, opensAffiliates: boolean): Array<Column<Person>> {
  return [
    { key: 'email', header: m.identity_people_email(), cell: (person) => who(person, opensAffiliates) },
    { key: 'role', header: m.identity_people_role(), cell: (person) => <Badge>{roleWords[person.role]()}</Badge> },
    {
      key: 'state',
      header: m.base_state(),
      cell: (person) => (
        <EmailMark person={person} platform={platform}>
          {state(person)}
        </EmailMark>
      ),
    },
    { key: 'createdAt', header: m.identity_people_since(), cell: (person) => <DateTime at={person.createdAt} /> },
    {
      key: 'lastLoginAt',
      header: m.identity_people_last(),
      cell: (person) => (person.lastLoginAt ? <RelativeTime at={person.lastLoginAt} /> : m.identity_people_never()),
    },
    { key: 'sessions', header: m.identity_people_sessions(), cell: (person) => formatNumber(person.sessions), end: true },
    { key: 'communities', header: m.identity_people_communities(), cell: (person) => formatNumber(person.communities), end: true },
  ]
}
