import { ButtonLink } from '#web/frame/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { PageHeader } from '#web/ui/page-header.tsx'

/** Nobody pays twice for the same thing: the way to what one has. */
export function AlreadyOwned() {
  return (
    <div>
      <PageHeader title={m.checkout_owned_title()} lead={m.checkout_owned_text()} />
      <ButtonLink to="/account" look="primary" icon="user">
        {m.checkout_open_account()}
      </ButtonLink>
    </div>
  )
}
