import { hc } from 'hono/client'
import type { AppType } from '#api/app.ts'
import { ApiError, readRefusal } from './api-error.ts'
import { doubtPerson } from './doubt.ts'

/** The typed door to the API of the site one stands on. */
export const client = hc<AppType>(globalThis.location?.origin ?? 'http://localhost')

type Answer<T> = { ok: boolean; status: number; json(): Promise<T> }

/**
 * The body of a good answer; a refusal or a lost connection is thrown as an ApiError.
 * `const me = await answer(client.api.me.$get())`
 */
export async function answer<T>(pending: Promise<Answer<T>>): Promise<T> {
  const response = await reached(pending)
  if (response.ok) return response.json()
  const refusal = await readRefusal(response)
  if (refusal.code === 'unauthorized') doubtPerson()
  throw refusal
}

async function reached<T>(pending: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await pending
  } catch {
    throw ApiError.network()
  }
}
