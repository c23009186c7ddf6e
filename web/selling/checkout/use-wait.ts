import { useEffect } from 'react'
import type { CheckoutPage } from './use-checkout.ts'

/** A little after the end, so that the server's clock has passed it too. */
const MARGIN_MS = 1_000

/** Until when ordering waits after too many refusals, or null; when the time has come the order is asked for again and unlocks by itself. */
export function useWait({ checkout, ask }: CheckoutPage): string | null {
  const { waitUntil } = checkout
  useEffect(() => {
    if (waitUntil === null) return undefined
    const timer = setTimeout(() => void ask(), Math.max(0, new Date(waitUntil).getTime() - Date.now()) + MARGIN_MS)
    return () => clearTimeout(timer)
  }, [waitUntil, ask])
  return waitUntil
}
