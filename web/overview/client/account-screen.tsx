import type { Platform } from '#domain/base/enums.ts'
import './account.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { accountQuery, type Account } from '#web/data/purchases.ts'
import { messageOf } from '#web/data/api-error.ts'
import { chooseLocale, localeChoices, useLocale } from '#web/data/locale.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import { useSignOut } from '#web/shell/use-sign-out.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { RadioGroup } from '#web/ui/choice.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { EmptyState, Notice } from '#web/ui/states.tsx'
import { ComingCharges } from '#web/selling/subscription/coming-charges.tsx'
import { Invoices } from '#web/selling/invoice/invoices.tsx'
import { Purchases } from '#web/selling/subscription/purchases.tsx'
import { Sessions } from '#web/identity/session/sessions.tsx'
import { NoMail } from './no-mail.tsx'

/** What one owns, what it will cost, what it has cost, and where one is signed in. */
export function AccountScreen({ platform }: { platform: Platform }) {
  const { data: account } = useSuspenseQuery(accountQuery)
  return (
    <div className="account">
      <PageHeader title={m.base_account()} lead={account.email} />
      {account.noMail && <NoMail email={account.email} noMail={account.noMail} />}
      {account.emailUnconfirmed && <Unconfirmed email={account.email} />}
      <section aria-labelledby="owned">
        <h2 id="owned">{m.overview_owned()}</h2>
        <Purchases purchases={account.purchases} platform={platform} />
      </section>
      <Coming account={account} />
      <Card title={m.selling_invoices()} flush={account.invoices.length > 0}>
        <Invoices invoices={account.invoices} />
      </Card>
      <Card title={m.overview_sessions()}>
        <p className="ui-muted ui-small">{m.overview_sessions_text()}</p>
        <Sessions />
      </Card>
      <Language />
      <SignOut />
    </div>
  )
}

function Coming({ account: { comingCharges } }: { account: Account }) {
  return (
    <Card title={m.selling_coming()} flush={comingCharges.length > 0}>
      {comingCharges.length > 0 ? (
        <ComingCharges charges={comingCharges} />
      ) : (
        <EmptyState icon="calendar" title={m.overview_coming_none()}>
          {m.overview_coming_none_text()}
        </EmptyState>
      )}
    </Card>
  )
}

function Unconfirmed({ email }: { email: string }) {
  return (
    <Notice tone="warning" title={m.overview_unconfirmed_title()}>
      <div className="ui-stack account__confirm">
        <p>{m.overview_unconfirmed_text({ email })}</p>
        <ButtonLink to="/sign-in" search={{ next: '/account' }} size="small" icon="mail">
          {m.community_confirm_email()}
        </ButtonLink>
      </div>
    </Notice>
  )
}

function Language() {
  const locale = useLocale()
  return (
    <Card title={m.base_language()}>
      <p className="ui-muted ui-small">{m.overview_language_text()}</p>
      <RadioGroup
        legend={m.base_language()}
        legendHidden
        name="locale"
        value={locale}
        onValue={(value) => {
          const choice = localeChoices.find((known) => known.locale === value)
          if (choice) chooseLocale(choice.locale)
        }}
        options={localeChoices.map(({ locale: value, name }) => ({ value, label: name }))}
      />
    </Card>
  )
}

function SignOut() {
  const leave = useSignOut()
  return (
    <div className="ui-stack">
      {leave.error && <Notice tone="danger">{messageOf(leave.error)}</Notice>}
      <div>
        <Button icon="logout" busy={leave.isPending} onClick={() => leave.mutate()}>
          {m.base_sign_out()}
        </Button>
      </div>
    </div>
  )
}
