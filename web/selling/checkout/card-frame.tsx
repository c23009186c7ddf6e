import { useEffect, useState, type CSSProperties } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { readVaultMessage } from './vault-message.ts'

type Height = CSSProperties & { '--told': string }

/**
 * What the vault's page may do. It keeps its own origin, which is never ours, so it cannot lift these bounds; without it, it could not speak
 * to its own server. It may not open windows or lead this page elsewhere.
 */
const LEAVE = 'allow-scripts allow-forms allow-same-origin'

/**
 * The vault's own page, in which the card is typed: this site never sees the number. Its address holds a secret, so it is sent to
 * nobody as a referrer. The place is as tall as the form from the start and only grows.
 */
export function CardFrame({ url, onDone }: { url: string; onDone: () => void }) {
  const [told, setTold] = useState(0)
  useEffect(() => {
    function hear(event: MessageEvent<unknown>) {
      const message = readVaultMessage(event, url)
      if (message?.kind === 'height') setTold((before) => Math.max(before, message.height))
      if (message?.kind === 'done') onDone()
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [url, onDone])
  const height: Height = { '--told': `${told}px` }
  return (
    <iframe
      key={url}
      className="checkout-frame"
      style={height}
      src={url}
      title={m.selling_checkout_card_frame()}
      referrerPolicy="no-referrer"
      sandbox={LEAVE}
    />
  )
}
