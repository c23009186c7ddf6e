import type { ErrorComponentProps } from '@tanstack/react-router'
import { ApiError } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { RouteProblem } from '#web/shell/problem.tsx'
import { EmptyState } from '#web/ui/states.tsx'

/** Whoever was inside and is not any more is told why, and where to look. */
export function CommunityProblem(props: ErrorComponentProps) {
  const { error } = props
  if (!(error instanceof ApiError) || error.status !== 403) return <RouteProblem {...props} />
  return (
    <EmptyState
      icon="lock"
      title={m.base_forbidden_title()}
      action={
        <ButtonLink to="/account" icon="user">
          {m.community_welcome_account()}
        </ButtonLink>
      }
    >
      {error.message}
    </EmptyState>
  )
}
