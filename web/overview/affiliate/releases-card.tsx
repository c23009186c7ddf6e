import type { AffiliateHome } from '#web/data/overview.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { noonOf, formatMoney } from '#web/ui/format.ts'
import { Money } from '#web/ui/money.tsx'
import { EmptyState } from '#web/ui/states.tsx'

type Release = AffiliateHome['releases'][number]

function parts({ mainCents, extendedCents, commissions }: Release): string {
  const words: string[] = [m.overview_release_count({ count: commissions })]
  if (mainCents > 0 && extendedCents > 0) words.push(`${m.overview_release_main()} ${formatMoney(mainCents)}`)
  else words.push(mainCents > 0 ? m.affiliation_main_part() : m.affiliation_extended_part())
  return words.join(' · ')
}

/** The coming days on which locked money becomes available. */
export function ReleasesCard({ releases }: { releases: readonly Release[] }) {
  return (
    <Card title={m.overview_own_releases()}>
      {releases.length === 0 ? (
        <EmptyState icon="calendar" title={m.overview_own_releases_none()}>
          {m.overview_releases_none_text()}
        </EmptyState>
      ) : (
        <ol className="wk-rows">
          {releases.map((release) => (
            <li key={release.day}>
              <span>
                <strong>
                  <DateTime at={noonOf(release.day)} />
                </strong>
                <span className="ui-small ui-muted">{parts(release)}</span>
              </span>
              <Money cents={release.cents} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
