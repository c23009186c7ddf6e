import { useCallback, useEffect, useState } from 'react'
import { resumePayment } from '#web/data/checkout.ts'
import { useChange } from '#web/data/mutation.ts'
import { nextAsk } from './pace.ts'
import type { CheckoutPage } from './use-checkout.ts'

const SECOND = 1_000
/** From here on it is said that this takes long, and the processor is asked instead of waited for. */
const LONG_AFTER = 12 * SECOND
const ASK_BANK_EVERY = 20 * SECOND

/** Waiting for a bank: how long it has been, whether this page still asks, and asking the processor itself, by hand or from time to time. */
export function useWaiting({ checkout, openedAt }: CheckoutPage) {
  const { id, step } = checkout
  const [waited, setWaited] = useState(0)
  const { mutate, isPending, error } = useChange(resumePayment)
  const askBank = useCallback(() => mutate({ id }), [mutate, id])
  const isOver = nextAsk(step, waited) === false

  useEffect(() => {
    const began = Date.now()
    const timer = setInterval(() => setWaited(Date.now() - began), SECOND)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (isOver) return undefined
    const timer = setInterval(askBank, ASK_BANK_EVERY)
    return () => clearInterval(timer)
  }, [isOver, askBank])
  // Found on arrival, so one comes back from the bank or from a reload: the outcome may stand there already.
  const isReturn = openedAt === step
  useEffect(() => {
    if (isReturn) askBank()
  }, [isReturn, askBank])
  return { isLong: waited > LONG_AFTER, isOver, isReturn, askBank, isAsking: isPending, error }
}

export type Waiting = ReturnType<typeof useWaiting>
