import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '#web/data/api-error.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { ButtonLink } from './links.tsx'

function homeLink() {
  return (
    <ButtonLink to="/" icon="arrowLeft">
      {m.base_back_home()}
    </ButtonLink>
  )
}

export function NotFound() {
  return (
    <EmptyState page icon="search" title={m.base_not_found_title()} action={homeLink()}>
      {m.base_not_found_text()}
    </EmptyState>
  )
}

function Forbidden() {
  return (
    <EmptyState page icon="lock" title={m.base_forbidden_title()} action={homeLink()}>
      {m.base_forbidden_text()}
    </EmptyState>
  )
}

/** A loader that failed: says what the API said, and retries only what may succeed. It asks for what the address names: a name that cannot be is a page that does not exist. */
export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  if (error instanceof ApiError && error.status === 403) return <Forbidden />
  if (error instanceof ApiError && (error.status === 404 || error.code === 'invalid_input')) return <NotFound />

  async function retry() {
    setBusy(true)
    await router.invalidate()
    reset()
    setBusy(false)
  }
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <ErrorState page onRetry={retry} busy={busy} requestId={requestId} action={homeLink()}>
      {error instanceof ApiError ? error.message : m.base_error_text()}
    </ErrorState>
  )
}
