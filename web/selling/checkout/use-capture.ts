import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { openCapture } from '#web/data/checkout.ts'

/** Renewed a little before the vault closes it, so that nobody presses a button that cannot work. */
const MARGIN_MS = 5_000

/** A page at the vault for one card, and a new one whenever the last has run out. The secret in its address is kept in memory only. */
export function useCapture(checkoutId: string) {
  // A round of its own for each visit: an address that was used or left behind is never shown again.
  const [round, setRound] = useState(() => ({ key: Date.now(), isRenewal: false }))
  const capture = useQuery({
    queryKey: ['capture', checkoutId, round.key],
    queryFn: () => openCapture(checkoutId),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const expiresAt = capture.data?.expiresAt
  useEffect(() => {
    if (expiresAt === undefined) return undefined
    const left = new Date(expiresAt).getTime() - Date.now() - MARGIN_MS
    const timer = setTimeout(() => setRound({ key: Date.now(), isRenewal: true }), Math.max(left, MARGIN_MS))
    return () => clearTimeout(timer)
  }, [expiresAt])
  return { ...capture, isRenewal: round.isRenewal }
}
