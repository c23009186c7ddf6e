import * as m from '#web/i18n/paraglide/messages.js'
import { Avatar } from '#web/ui/avatar.tsx'
import { Breadcrumb } from '#web/ui/breadcrumb.tsx'
import { Card } from '#web/ui/card.tsx'
import { DateTime } from '#web/ui/date-time.tsx'
import { Timeline } from '#web/ui/timeline.tsx'

export function WaySection() {
  return (
    <Card title={m.styleguide_ways()} id="ways">
      <div className="ui-stack">
        <Breadcrumb
          items={[
            { key: 'home', link: <a href="/">{m.overview_home_title()}</a> },
            { key: 'here', link: m.styleguide_title() },
          ]}
        />
        <div className="ui-row">
          <Avatar name="Léa Fontaine" />
          <Avatar name="Noé" size="3rem" />
          <Avatar name="Maya Ben-Saïd" size="4rem" />
        </div>
        <Timeline
          steps={[
            { key: 'a', state: 'done', title: m.styleguide_step_paid(), text: <DateTime at="2026-11-22T09:00:00Z" show="full" /> },
            { key: 'b', state: 'current', title: m.styleguide_locked_status(), text: m.styleguide_locked_why() },
            { key: 'c', state: 'upcoming', title: m.styleguide_matured(), text: <DateTime at="2027-01-06T09:00:00Z" /> },
          ]}
        />
      </div>
    </Card>
  )
}
