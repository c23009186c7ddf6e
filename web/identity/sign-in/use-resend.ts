import { useEffect, useState } from 'react'

const PAUSE_SECONDS = 30

/** A pause before the same mail may be asked for again, counted down once a second. */
export function useResendPause() {
  const [left, setLeft] = useState(PAUSE_SECONDS)
  const waiting = left > 0
  useEffect(() => {
    if (!waiting) return undefined
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1_000)
    return () => clearInterval(timer)
  }, [waiting])
  return { left, waiting, restart: () => setLeft(PAUSE_SECONDS) }
}

/** Sends a mail and counts those that went out: a code form that has the count as its key begins afresh with each, empty and focused. */
export function useMails(send: () => Promise<unknown>) {
  const [sent, setSent] = useState(0)
  async function sendNext() {
    await send()
    setSent((count) => count + 1)
  }
  return { sent, sendNext }
}
