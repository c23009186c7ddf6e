import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { emailAddress } from '#domain/base/email-address.ts'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import { startCheckout, type Offer } from '#web/data/checkout.ts'
import { meQuery } from '#web/data/me.ts'
import { useChange } from '#web/data/mutation.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { ButtonLink } from '#web/shell/links.tsx'
import { textOf } from '#web/shell/search.ts'
import { Button } from '#web/ui/button.tsx'
import { Field } from '#web/ui/field.tsx'
import { Form } from '#web/ui/form.tsx'
import { formatCountry } from '#web/ui/format.ts'
import { EmailInput, Select } from '#web/ui/inputs.tsx'
import { Notice } from '#web/ui/states.tsx'

/** Countries by name, in the reader's order of letters. */
function countryOptions(codes: readonly string[]) {
  const options = codes.map((value) => ({ value, label: formatCountry(value) }))
  return options.toSorted((one, other) => one.label.localeCompare(other.label))
}

/** Whose purchase this is: the address and the country. Who is signed in is not asked for an address. */
export function PayForm({ offer }: { offer: Offer }) {
  const { data: me } = useSuspenseQuery(meQuery)
  const known = me.user && !me.user.emailUnconfirmed ? me.user.email : null
  const [email, setEmail] = useState('')
  const [country, setCountry] = useState(offer.country)
  const [wrong, setWrong] = useState(false)
  const start = useStart(offer.buttonKey)
  const refused = start.error instanceof ApiError && 'email' in start.error.fields

  function submit() {
    if (start.isPending) return
    const address = emailAddress.safeParse(email)
    setWrong(known === null && !address.success)
    if (known !== null) start.mutate({ country })
    else if (address.success) start.mutate({ email: address.data, country })
  }
  return (
    <Form onSubmit={submit} refusal={start.error}>
      {known !== null ? (
        <p className="checkout-known">{m.selling_checkout_signed_in_as({ email: known })}</p>
      ) : (
        <Field
          label={m.identity_email()}
          hint={m.selling_checkout_pay_email_hint()}
          error={wrong || refused ? m.identity_email_wrong() : undefined}
        >
          <EmailInput name="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        </Field>
      )}
      <Field label={m.selling_checkout_country()} hint={m.selling_checkout_country_hint()}>
        <Select
          name="country"
          autoComplete="billing country"
          options={countryOptions(offer.countries)}
          value={country}
          onChange={(event) => setCountry(event.target.value)}
        />
      </Field>
      {start.error && !refused && <Refusal error={start.error} />}
      <Button type="submit" look="primary" size="large" block busy={start.isPending}>
        {m.selling_checkout_continue()}
      </Button>
      <p className="ui-small ui-muted">{m.selling_checkout_next_card()}</p>
    </Form>
  )
}

/** The click token of the page's address goes with the order, and stays in the address until it has been taken. */
function useStart(buttonKey: string) {
  const navigate = useNavigate()
  const ck = textOf(useSearch({ strict: false }), 'ck')
  const start = useChange(startCheckout, {
    onDone: ({ id }) => navigate({ to: '/checkout/$id', params: { id } }),
  })
  return {
    ...start,
    mutate: (buyer: { email?: string; country: string }) => start.mutate({ buttonKey, ...buyer, ...(ck !== undefined && { ck }) }),
  }
}

function Refusal({ error }: { error: Error }) {
  const isOwned = error instanceof ApiError && error.code === 'already_owned'
  return (
    <>
      <Notice tone={isOwned ? 'info' : 'danger'}>{messageOf(error)}</Notice>
      {isOwned && (
        <ButtonLink to="/account" icon="user">
          {m.selling_checkout_open_account()}
        </ButtonLink>
      )}
    </>
  )
}
