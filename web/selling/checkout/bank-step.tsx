import { useEffect } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { LinkButton } from '#web/ui/button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { AskBank } from './ask-bank.tsx'
import { OrderRecall } from './order-recall.tsx'
import type { CheckoutPage } from './use-checkout.ts'
import { useWaiting } from './use-waiting.ts'

/** Long enough to read where one is being taken. */
const LEAVES_AFTER = 1_500

/** Only an address that a browser opens as a page. */
function pageAddress(url: string | null): string | null {
  return url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null
}

/** The bank's page takes the whole window. It opens by itself once, when the need arises under one's eyes; whoever comes back decides. */
export function BankStep({ page }: { page: CheckoutPage }) {
  const waiting = useWaiting(page)
  const url = pageAddress(page.checkout.bankUrl)
  const leaves = url !== null && !waiting.isReturn
  useEffect(() => {
    if (!leaves) return undefined
    const timer = setTimeout(() => window.location.assign(url), LEAVES_AFTER)
    return () => clearTimeout(timer)
  }, [leaves, url])
  useReturnFromCache(waiting.askBank)
  return (
    <div>
      <PageHeader title={m.selling_checkout_bank_title()} lead={m.selling_checkout_bank_text()} />
      <div className="ui-stack">
        {leaves && <p className="ui-muted">{m.selling_checkout_bank_leaving()}</p>}
        {url !== null && (
          <LinkButton href={url} look="primary" size="large" icon="shield" block referrerPolicy="no-referrer">
            {m.selling_checkout_bank_go()}
          </LinkButton>
        )}
        <OrderRecall checkout={page.checkout} />
        {!leaves && (
          <>
            <p className="ui-small ui-muted">{m.selling_checkout_bank_back()}</p>
            <AskBank waiting={waiting} />
          </>
        )}
      </div>
    </div>
  )
}

/** Back from the bank by the browser's own button, the page wakes as it was left, without loading anything. */
function useReturnFromCache(ask: () => void) {
  useEffect(() => {
    const wake = (event: PageTransitionEvent) => event.persisted && ask()
    window.addEventListener('pageshow', wake)
    return () => window.removeEventListener('pageshow', wake)
  }, [ask])
}
