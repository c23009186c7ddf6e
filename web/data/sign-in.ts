import type * as z from 'zod/mini'
import type { ConfirmSignIn, RequestSignIn } from '#domain/identity/sign-in.ts'
import { answer, client } from './client.ts'
import { forgetKept } from './forget-kept.ts'

/** Asks for a link and a code by mail. The answer is the same whether or not the address has an account. */
export const requestSignIn = {
  run: (input: z.infer<typeof RequestSignIn>) => answer(client.api['sign-in'].$post({ json: input })),
  changes: [],
}

/** Signs this browser in by the mailed link's token, the mailed code, or both from another browser, and says where to go on. */
export const confirmSignIn = {
  run: (proof: z.infer<typeof ConfirmSignIn>) => answer(client.api['sign-in'].confirm.$post({ json: proof })),
  changes: 'person' as const,
}

/** Nothing that the person saw or wrote stays, in memory or on the device, whatever becomes of the question who is here now. */
export const signOut = {
  run: async () => {
    await answer(client.api['sign-out'].$post())
    forgetKept()
  },
  changes: 'person' as const,
}
