import { createHash } from 'node:crypto'
import { countryCode } from '#api/adapters/pci-vault/country.ts'
import { type PaymentMethod, newName } from './model.ts'
import type { TestCard } from './test-cards.ts'

type Form = Record<string, string>

/** The card of a request as the processor shows it: what it is called there, never its number. */
export function paymentMethod(form: Form, card: TestCard | null): PaymentMethod {
  const number = form['payment_method_data[card][number]'] ?? ''
  return {
    id: newName('pm'),
    object: 'payment_method',
    type: 'card',
    card: {
      brand: card?.brand ?? 'unknown',
      country: countryCode(card?.country ?? null),
      exp_month: Number(form['payment_method_data[card][exp_month]']),
      exp_year: Number(form['payment_method_data[card][exp_year]']),
      fingerprint: fingerprintOf(number),
      last4: number.replaceAll(/\D/g, '').slice(-4),
    },
  }
}

/** Stable per number, however it was typed and whatever its expiry; letters alone, as no card number is. */
function fingerprintOf(number: string): string {
  const digest = createHash('sha256')
    .update(`stand-in processor:${number.replaceAll(/\D/g, '')}`)
    .digest()
  return Array.from(digest.subarray(0, 16), (byte) => String.fromCharCode(97 + (byte % 26))).join('')
}
