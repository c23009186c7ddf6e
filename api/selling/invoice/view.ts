import type { InvoiceRow } from './select-own.ts'

export function viewInvoice({ invoice, productName, planName }: InvoiceRow) {
  return {
    id: invoice.id,
    /** Given when it is paid; null until then. */
    number: invoice.number,
    date: (invoice.paidAt ?? invoice.createdAt).toISOString(),
    productName,
    planName,
    amountCents: invoice.amountIncludingTax,
    taxCents: invoice.taxAmount,
    taxRateBps: invoice.taxRateBps,
    currency: invoice.currency,
    status: invoice.status,
  }
}
