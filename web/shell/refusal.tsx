import { useLocation } from '@tanstack/react-router'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Notice } from '#web/ui/states.tsx'
import { ButtonLink } from './links.tsx'

/** Why something was refused. Where it asks who one is again, the way there stands beside it, and leads back to the page that it was refused on. */
export function Refusal({ error }: { error: Error }) {
  const here = useLocation({ select: ({ href }) => href })
  const isStale = error instanceof ApiError && error.code === 'fresh_sign_in_required'
  return (
    <>
      <Notice tone={isStale ? 'warning' : 'danger'}>{messageOf(error)}</Notice>
      {isStale && (
        <ButtonLink to="/sign-in" search={{ next: here, again: 'yes' }} icon="lock">
          {m.base_sign_in()}
        </ButtonLink>
      )}
    </>
  )
}
