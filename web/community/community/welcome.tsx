import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { meQuery } from '#web/data/me.ts'
import { accountQuery } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { IconButton } from '#web/ui/button.tsx'
import { formatDay, formatMoney } from '#web/ui/format.ts'

/** Right after paying: three first steps, and what will be charged next in plain sight. */
export function Welcome({ communityName, slug }: { communityName: string; slug: string }) {
  const navigate = useNavigate()
  const { user } = useSuspenseQuery(meQuery).data
  const mustConfirm = user?.emailUnconfirmed === true
  return (
    <section className="community-welcome" aria-labelledby="welcome">
      <div className="ui-row ui-row--between">
        <h2 id="welcome">{m.community_welcome_title({ community: communityName })}</h2>
        <IconButton icon="close" label={m.community_welcome_close()} onClick={() => navigate({ to: '.', search: {}, replace: true })} />
      </div>
      <ol className="community-welcome__steps">
        <Step title={m.community_welcome_one()} text={m.community_welcome_one_text()} />
        <Step title={m.community_welcome_two()} text={m.community_welcome_two_text()} />
        {mustConfirm ? (
          <Step title={m.community_welcome_three_confirm()} text={m.community_welcome_three_confirm_text()} />
        ) : (
          <Step title={m.community_welcome_three()} text={m.community_welcome_three_text()} />
        )}
      </ol>
      <div className="ui-row ui-row--between">
        <NextCharge slug={slug} />
        {mustConfirm ? (
          <ButtonLink to="/sign-in" search={{ next: `/c/${slug}` }} size="small" icon="mail">
            {m.community_confirm_email()}
          </ButtonLink>
        ) : (
          <ButtonLink to="/account" size="small" icon="user">
            {m.community_welcome_account()}
          </ButtonLink>
        )}
      </div>
    </section>
  )
}

function Step({ title, text }: { title: string; text: string }) {
  return (
    <li>
      <p className="ui-strong">{title}</p>
      <p className="ui-small ui-muted">{text}</p>
    </li>
  )
}

/** Not waited for: the channel is what one came for. */
function NextCharge({ slug }: { slug: string }) {
  const { data } = useQuery(accountQuery)
  const bought = data?.purchases.filter(({ community }) => community.slug === slug) ?? []
  if (bought.length === 0) return <span />
  const next = bought.find(({ nextCharge }) => nextCharge !== null)?.nextCharge
  return (
    <p className="ui-small">
      {next ? m.community_welcome_next({ amount: formatMoney(next.amountCents), day: formatDay(next.at) }) : m.community_no_next_charge()}
    </p>
  )
}
