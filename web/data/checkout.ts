import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import type { PlaceOrder, StartCheckout } from '#domain/selling/checkout.ts'
import { answer, client } from './client.ts'
import type { DataOf } from './data-of.ts'

/** What a payment button sells. */
export function offerQuery(buttonKey: string) {
  return queryOptions({
    queryKey: ['offer', buttonKey],
    queryFn: () => answer(client.api.pay[':buttonKey'].$get({ param: { buttonKey } })),
  })
}

export type Offer = DataOf<typeof offerQuery>

/** Where one's own checkout stands. Never fresh: each look at it asks again. */
export function checkoutQuery(id: string) {
  return queryOptions({
    queryKey: ['checkout', id],
    queryFn: () => answer(client.api.checkouts[':id'].$get({ param: { id } })),
    staleTime: 0,
  })
}

export type Checkout = DataOf<typeof checkoutQuery>

export const startCheckout = {
  run: (input: z.infer<typeof StartCheckout>) => answer(client.api.checkouts.$post({ json: input })),
  changes: [],
}

/** What is asked of one checkout and answered with where it then stands. */
const answers = ({ id }: { id: string }) => checkoutQuery(id).queryKey

export const proveEmail = {
  run: ({ id, code }: { id: string; code: string }): Promise<Checkout> =>
    answer(client.api.checkouts[':id'].code.$post({ param: { id }, json: { code } })),
  changes: [],
  answers,
}

export const resendCode = {
  run: (id: string) => answer(client.api.checkouts[':id']['code-mail'].$post({ param: { id } })),
  changes: [],
}

/** Opens a page at the vault for typing a card; it lives a few minutes and serves one card. */
export function openCapture(id: string) {
  return answer(client.api.checkouts[':id'].capture.$post({ param: { id } }))
}

export const placeOrder = {
  run: ({ id, order }: { id: string; order: z.infer<typeof PlaceOrder> }): Promise<Checkout> =>
    answer(client.api.checkouts[':id'].order.$post({ param: { id }, json: order })),
  changes: [],
  answers,
}

/** Has the processor asked what became of the payment. */
export const resumePayment = {
  run: ({ id }: { id: string }): Promise<Checkout> => answer(client.api.checkouts[':id'].resume.$post({ param: { id } })),
  changes: [],
  answers,
}

/** Opens what was just paid for to this browser. */
export const enterPurchase = {
  run: (id: string) => answer(client.api.checkouts[':id'].enter.$post({ param: { id } })),
  changes: 'person' as const,
}
