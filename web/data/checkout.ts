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

export function startCheckout(input: z.infer<typeof StartCheckout>) {
  return answer(client.api.checkouts.$post({ json: input }))
}

export function proveEmail(id: string, code: string): Promise<Checkout> {
  return answer(client.api.checkouts[':id'].code.$post({ param: { id }, json: { code } }))
}

export function resendCode(id: string) {
  return answer(client.api.checkouts[':id']['code-mail'].$post({ param: { id } }))
}

/** Opens a page at the vault for typing a card; it lives a few minutes and serves one card. */
export function openCapture(id: string) {
  return answer(client.api.checkouts[':id'].capture.$post({ param: { id } }))
}

export function placeOrder(id: string, order: z.infer<typeof PlaceOrder>): Promise<Checkout> {
  return answer(client.api.checkouts[':id'].order.$post({ param: { id }, json: order }))
}

/** Has the processor asked what became of the payment. */
export function resumePayment(id: string): Promise<Checkout> {
  return answer(client.api.checkouts[':id'].resume.$post({ param: { id } }))
}

/** Opens what was just paid for to this browser. */
export function enterPurchase(id: string) {
  return answer(client.api.checkouts[':id'].enter.$post({ param: { id } }))
}
