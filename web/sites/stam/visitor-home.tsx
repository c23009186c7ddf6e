import { Suspense } from 'react'
import { OpenCommunities } from '#web/catalogue/product/open-communities.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { ShapeBlocks } from '#web/sites/outline/shape-blocks.tsx'
import { Icon, type IconName } from '#web/ui/icon.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'

/** What this site is, what it keeps for people, and what can be joined: nothing that the product does not do. */
export function VisitorHome() {
  return (
    <div className="stam-home">
      <PageHeader title={m.sites_home_visitor_title()} lead={m.sites_home_visitor_lead()} />
      <p>
        <ButtonLink to="/sign-in" look="secondary" icon="user">
          {m.sites_home_member()}
        </ButtonLink>
      </p>
      <section aria-labelledby="open">
        <h2 id="open" className="stam-home__title">
          {m.sites_home_open()}
        </h2>
        <Suspense fallback={<ShapeBlocks shape="cards" />}>
          <OpenCommunities />
        </Suspense>
      </section>
      <ul className="stam-promises">
        <Promised icon="chat" title={m.sites_home_promise_chat()} text={m.sites_home_promise_chat_text()} />
        <Promised icon="calendar" title={m.sites_home_promise_charges()} text={m.sites_home_promise_charges_text()} />
        <Promised icon="shield" title={m.sites_home_promise_card()} text={m.sites_home_promise_card_text()} />
      </ul>
    </div>
  )
}

function Promised({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <li className="stam-promises__item">
      <span className="stam-promises__icon">
        <Icon name={icon} />
      </span>
      <div>
        <h3>{title}</h3>
        <p className="ui-muted">{text}</p>
      </div>
    </li>
  )
}
