import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'

const FRESH_FOR = 30_000
const TRIES = 2

/** A refusal is an answer; only what never arrived or failed on our side is asked for again. */
function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= TRIES) return false
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Offline, a page says so at once instead of waiting under its skeleton.
      queries: { staleTime: FRESH_FOR, retry: worthRetrying, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
