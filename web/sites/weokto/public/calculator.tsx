import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { LOCK_PROFILES } from '#domain/affiliation/enums.ts'
import { needsRelease } from '#domain/affiliation/lock-policy.ts'
import { vatBps } from '#domain/base/vat.ts'
import type { PublicPolicy } from '#domain/base/public-policy.ts'
import { EXAMPLE_COUNTRY } from '#web/catalogue/example-country.ts'
import { policyQuery } from '#web/data/policy.ts'
import { profileWords } from '#web/affiliation/words.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { textOf } from '#web/shell/search.ts'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { Field } from '#web/ui/field.tsx'
import { formatRate } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { Select, TextInput } from '#web/ui/inputs.tsx'
import { calculate, FIRST_SALE, priceOf, profileNamed, rateOf, type SaleGuess } from './calculate.ts'
import { SaleReceipt } from './sale-receipt.tsx'

type Texts = { price: string; rate: string }

/** A price is typed as it is read: with both its decimals, behind the reader's own sign. */
function textsOf({ priceCents, rate }: SaleGuess): Texts {
  const point = formatNumber(1.5, 1).charAt(1)
  return { price: (priceCents / 100).toFixed(2).replace('.', point), rate: formatNumber(rate / 100, 2) }
}

/** The router reads what looks like a number as one. */
function numberText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
}

function guessIn(search: Record<string, unknown>): SaleGuess {
  const priceCents = priceOf(numberText(search['price'])) ?? FIRST_SALE.priceCents
  const rate = rateOf(numberText(search['rate'])) ?? FIRST_SALE.rate
  return { priceCents, rate, profile: profileNamed(textOf(search, 'profile')) ?? FIRST_SALE.profile }
}

/** A price, a rate and a profile; the rules in force answer as one types, and the address keeps the question. */
export default function Calculator() {
  const policy = useSuspenseQuery(policyQuery).data
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const guess = guessIn(search)
  const [texts, setTexts] = useState(() => textsOf(guess))
  const ask = (next: Record<string, unknown>): void => {
    void navigate({ to: '.', search: next, replace: true, resetScroll: false })
  }
  const priceCents = priceOf(texts.price)
  const rate = rateOf(texts.rate)

  function type(change: Partial<Texts>) {
    const next = { ...texts, ...change }
    setTexts(next)
    const [price, share] = [priceOf(next.price), rateOf(next.rate)]
    if (price !== null && share !== null) ask({ price: price / 100, rate: share / 100, profile: guess.profile })
  }
  function simulate() {
    setTexts(textsOf(FIRST_SALE))
    ask({ simulate: 'first' })
  }
  return (
    <Card
      title={m.sites_calc_title()}
      id="calculator"
      action={
        <Button icon="target" onClick={simulate}>
          {m.affiliation_simulate()}
        </Button>
      }
    >
      <div className="calculator">
        <div className="ui-stack">
          <Field
            label={m.sites_calc_price()}
            hint={m.sites_calc_price_hint({ rate: formatRate(vatBps(policy, EXAMPLE_COUNTRY)) })}
            error={priceCents === null ? m.sites_calc_price_wrong() : undefined}
          >
            <TextInput inputMode="decimal" value={texts.price} onChange={(event) => type({ price: event.target.value })} />
          </Field>
          <Field label={m.sites_calc_rate()} error={rate === null ? m.sites_calc_rate_wrong() : undefined}>
            <TextInput inputMode="decimal" value={texts.rate} onChange={(event) => type({ rate: event.target.value })} />
          </Field>
          <Field label={m.sites_calc_profile()}>
            <Select
              value={guess.profile}
              options={LOCK_PROFILES.map((value) => ({ value, label: profileWords[value]() }))}
              onChange={(event) => ask({ price: guess.priceCents / 100, rate: guess.rate / 100, profile: event.target.value })}
            />
          </Field>
        </div>
        <output className="ui-stack" aria-live="polite">
          {priceCents !== null && rate !== null && <Result guess={{ ...guess, priceCents, rate }} policy={policy} />}
        </output>
      </div>
    </Card>
  )
}

function Result({ guess, policy }: { guess: SaleGuess; policy: PublicPolicy }) {
  // One instant for the whole visit: the answer changes with the question, not with the clock.
  const [now] = useState(() => new Date())
  const sale = calculate(guess, policy, now)
  if (!sale) return <p>{m.sites_calc_nothing()}</p>
  return (
    <>
      <h3>{m.sites_calc_result()}</h3>
      <SaleReceipt guess={guess} sale={sale} />
      {needsRelease(guess.profile) && <p className="ui-small ui-muted">{m.sites_calc_release()}</p>}
    </>
  )
}
