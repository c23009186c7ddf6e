import type { QueryClient } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import type { ConfirmSignIn, RequestSignIn } from '#domain/identity/sign-in.ts'
import { answer, client } from './client.ts'
import { forgetKept } from './forget-kept.ts'
import { meQuery } from './me.ts'
import { tellTabs } from './tabs.ts'

/** Asks for a link and a code by mail. The answer is the same whether or not the address has an account. */
export function requestSignIn(input: z.infer<typeof RequestSignIn>) {
  return answer(client.api['sign-in'].$post({ json: input }))
}

/** What proves a person: the mailed link's token, the mailed code, or both from another browser. */
export type SignInProof = z.infer<typeof ConfirmSignIn>

/** Signs this browser in and says where to go on. */
export function confirmSignIn(proof: SignInProof) {
  return answer(client.api['sign-in'].confirm.$post({ json: proof }))
}

/**
 * After the person of this browser changed: what is on screen is asked for again, everything else that the last one saw or wrote is
 * forgotten, and the other tabs are told.
 */
export async function startOver(queryClient: QueryClient) {
  queryClient.removeQueries({ type: 'inactive' })
  tellTabs()
  const { user } = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
  if (!user) forgetKept()
}
