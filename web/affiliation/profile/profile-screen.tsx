import '#web/shell/pages.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { levelName } from '#web/affiliation/words.ts'
import { profileQuery } from '#web/data/profiles.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { AdminNav } from '#web/shell/back-office/nav.tsx'
import { Breadcrumb } from '#web/ui/breadcrumb.tsx'
import { Card } from '#web/ui/card.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { formatDay, formatRate } from '#web/ui/format.ts'
import { PageHeader } from '#web/ui/page-header.tsx'
import { Notice } from '#web/ui/states.tsx'
import { NoteCard } from './note-card.tsx'

/** One affiliate, for the owner: how they stand and what is to be kept in mind about them. */
export function ProfileScreen() {
  const { id = '' }: { id?: string } = useParams({ strict: false })
  const { data } = useSuspenseQuery(profileQuery(id))
  const name = data.displayName ?? data.email
  const facts = [
    { label: m.identity_people_email(), value: data.email },
    { label: m.affiliation_profile_since(), value: formatDay(data.since) },
    { label: m.community_guild(), value: data.guildName ?? m.affiliation_profile_no_guild() },
    { label: m.affiliation_profile_level(), value: levelName(data.riskLevel) },
    { label: m.affiliation_profile_refunds(), value: formatRate(data.refundRate) },
    ...(data.trustedAt ? [{ label: m.affiliation_profile_trusted(), value: formatDay(data.trustedAt) }] : []),
  ]
  return (
    <>
      <AdminNav />
      <PageHeader
        title={name}
        above={
          <Breadcrumb
            items={[
              { key: 'list', link: <Link to="/admin/people">{m.identity_people()}</Link> },
              { key: 'here', link: name },
            ]}
          />
        }
      />
      <div className="ui-stack wk-page">
        {data.blockedAt && (
          <Notice tone="warning" title={m.affiliation_profile_blocked({ day: formatDay(data.blockedAt) })}>
            {data.blockedReason}
          </Notice>
        )}
        <div className="wk-halves">
          <Card
            title={m.role_affiliate()}
            action={
              <Link to="/admin/commissions" search={{ affiliate: id }}>
                {m.affiliation_their_commissions()}
              </Link>
            }
          >
            <Facts facts={facts} />
          </Card>
          <NoteCard affiliateId={id} />
        </div>
      </div>
    </>
  )
}
