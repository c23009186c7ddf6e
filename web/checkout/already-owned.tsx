import { ButtonLink } from '#web/frame/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Notice } from '#web/ui/states.tsx'

/** Nobody pays twice for the same thing: the way to what one has. */
export function AlreadyOwned() {
  return (
    <>
      <Notice title={m.checkout_owned_title()}>{m.checkout_owned_text()}</Notice>
      <ButtonLink to="/account" look="primary" icon="user">
        {m.checkout_open_account()}
      </ButtonLink>
    </>
  )
}
