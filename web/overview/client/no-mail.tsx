import type { Account } from '#web/data/purchases.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Notice } from '#web/ui/states.tsx'

/** That mail does not reach the person, codes and receipts alike, and what they can do: neither can be told to them by mail. */
export function NoMail({ email, noMail }: { email: string; noMail: NonNullable<Account['noMail']> }) {
  const isComplaint = noMail.why === 'complained'
  return (
    <Notice tone="danger" title={isComplaint ? m.overview_no_mail_complained_title() : m.overview_no_mail_bounced_title()}>
      <div className="ui-stack">
        <p>{isComplaint ? m.overview_no_mail_complained({ email }) : m.overview_no_mail_bounced({ email })}</p>
        <p>{m.overview_no_mail_means()}</p>
        <p>
          {isComplaint ? m.overview_no_mail_complained_todo() : m.overview_no_mail_bounced_todo()}{' '}
          <a href={`mailto:${noMail.contact}`}>{noMail.contact}</a>
        </p>
      </div>
    </Notice>
  )
}
