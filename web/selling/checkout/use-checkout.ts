import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { CheckoutStep } from '#domain/selling/checkout.ts'
import { ApiError } from '#web/data/api-error.ts'
import { checkoutQuery } from '#web/data/checkout.ts'
import { HURRY_FOR, nextAsk } from './pace.ts'

/** Where something is still ordered. What was paid meanwhile, in another tab for instance, shows itself. */
const ORDERS: ReadonlySet<CheckoutStep> = new Set(['IDENTIFY', 'REVIEW', 'DECLINED'])

/**
 * One's own checkout, asked for again at the pace of its step. `isTypingCard` says that a card is being typed although an older one
 * stands, so a new one can come at any moment.
 */
export function useCheckout(id: string, isTypingCard: boolean) {
  const since = useRef<{ step: CheckoutStep | null; at: number }>({ step: null, at: 0 })
  const hurriedUntil = useRef(0)
  const {
    data: checkout,
    isError,
    refetch,
  } = useSuspenseQuery({
    ...checkoutQuery(id),
    refetchInterval: ({ state }) => {
      const step = isTypingCard ? 'CARD' : state.data?.step
      if (!step) return false
      const now = Date.now()
      if (since.current.step !== step) since.current = { step, at: now }
      return nextAsk(step, now - since.current.at, now < hurriedUntil.current)
    },
  })
  // Where the page was opened: a step found on arrival was left, or comes from a reload; one reached later was seen happening.
  const [openedAt] = useState(checkout.step)

  const ask = useCallback(() => refetch(), [refetch])
  const hurry = useCallback(() => {
    hurriedUntil.current = Date.now() + HURRY_FOR
    return ask()
  }, [ask])
  // Said by a refusal alone: the checkout itself stays at its step.
  const [isOwned, setOwned] = useState(false)
  const learn = useCallback((error: unknown) => setOwned(error instanceof ApiError && error.code === 'already_owned'), [])
  return { checkout, openedAt, isConnectionLost: isError, isOwned: isOwned && ORDERS.has(checkout.step), ask, hurry, learn }
}

export type CheckoutPage = ReturnType<typeof useCheckout>
