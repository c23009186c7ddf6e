import type { Locale, PlanInterval, Platform } from '#domain/base/enums.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import { amountIn, dayIn, percentIn } from '#api/mail/figures.ts'
import { renderMail } from '#api/mail/template.ts'

export type PurchaseReceipt = {
  platform: Platform
  locale: Locale
  product: string
  /** Gapless invoice number; null when nothing was due (a free trial). */
  invoiceNumber: string | null
  paidAt: Date
  /** Cents, tax included. */
  totalCents: number
  /** Cents of tax within the total, at `taxRateBps`. */
  taxCents: number
  taxRateBps: number
  /** What was paid with; null when no card was charged. */
  card: { brand: string; last4: string } | null
  /** The next charge; null when there is none. */
  next: { amountCents: number; at: Date; interval: PlanInterval } | null
  /** End of a trial, when this purchase began one. */
  trialEndsAt: Date | null
  /** Until when the purchase may be given back (cooling-off); null when that right does not apply. */
  coolingOffUntil: Date | null
  /** Opens what was bought. */
  openUrl: string
  /** Where what was bought and its invoices stand. */
  accountUrl: string
}

const EVERY = {
  fr: { ONE_TIME: '', MONTHLY: 'par mois', QUARTERLY: 'par trimestre', ANNUALLY: 'par an', LIFETIME: '' },
  en: { ONE_TIME: '', MONTHLY: 'per month', QUARTERLY: 'per quarter', ANNUALLY: 'per year', LIFETIME: '' },
} satisfies Record<Locale, Record<PlanInterval, string>>

const WORDS = {
  fr: {
    paid: (product: string) => `Merci pour votre achat : ${product}`,
    begun: (product: string) => `Votre essai a commencé : ${product}`,
    preview: (total: string) => `Reçu de ${total} et prochaine échéance.`,
    intro: 'Voici votre confirmation. Conservez cet e-mail : il résume votre contrat.',
    open: 'Commencer',
    product: 'Produit',
    total: 'Payé, TVA comprise',
    tax: (rate: string) => `dont TVA ${rate}`,
    date: 'Date',
    invoice: 'Facture',
    card: 'Carte',
    next: 'Prochain paiement',
    on: (amount: string, every: string, day: string) => `${amount} ${every} le ${day}`.replace('  ', ' '),
    trial: 'Fin de l’essai',
    coolingOff: (day: string) => `Vous pouvez renoncer à cet achat sans donner de raison jusqu’au ${day} (heure de Paris).`,
    account: 'Mon compte',
  },
  en: {
    paid: (product: string) => `Thank you for your purchase: ${product}`,
    begun: (product: string) => `Your trial has begun: ${product}`,
    preview: (total: string) => `Receipt for ${total} and next charge.`,
    intro: 'Here is your confirmation. Keep this e-mail: it sums up your contract.',
    open: 'Get started',
    product: 'Product',
    total: 'Paid, VAT included',
    tax: (rate: string) => `of which VAT ${rate}`,
    date: 'Date',
    invoice: 'Invoice',
    card: 'Card',
    next: 'Next charge',
    on: (amount: string, every: string, day: string) => `${amount} ${every} on ${day}`.replace('  ', ' '),
    trial: 'Trial ends',
    coolingOff: (day: string) => `You may withdraw from this purchase without giving a reason until ${day} (Paris time).`,
    account: 'My account',
  },
} as const

/** The confirmation on a durable medium that follows a purchase: what was paid, what comes next, until when it may be given back. Pure. */
export function purchaseReceiptMail(receipt: PurchaseReceipt): MailContent {
  const { platform, locale, product, trialEndsAt, coolingOffUntil } = receipt
  const words = WORDS[locale]
  return renderMail({
    platform,
    locale,
    subject: trialEndsAt === null ? words.paid(product) : words.begun(product),
    preview: words.preview(amountIn(locale, receipt.totalCents)),
    blocks: [
      { kind: 'paragraph', text: words.intro },
      { kind: 'rows', rows: rowsOf(receipt) },
      { kind: 'button', label: words.open, url: receipt.openUrl },
      ...(coolingOffUntil === null ? [] : [{ kind: 'quiet' as const, text: words.coolingOff(dayIn(locale, coolingOffUntil)) }]),
      { kind: 'link', label: words.account, url: receipt.accountUrl },
    ],
  })
}

function rowsOf(receipt: PurchaseReceipt): [string, string][] {
  const { locale, card, next, trialEndsAt, invoiceNumber } = receipt
  const words = WORDS[locale]
  return [
    [words.product, receipt.product],
    [words.total, amountIn(locale, receipt.totalCents)],
    [words.tax(percentIn(locale, receipt.taxRateBps)), amountIn(locale, receipt.taxCents)],
    [words.date, dayIn(locale, receipt.paidAt)],
    ...(invoiceNumber === null ? [] : [[words.invoice, invoiceNumber] satisfies [string, string]]),
    ...(card === null ? [] : [[words.card, `${card.brand} •••• ${card.last4}`] satisfies [string, string]]),
    ...(trialEndsAt === null ? [] : [[words.trial, dayIn(locale, trialEndsAt)] satisfies [string, string]]),
    ...(next === null
      ? []
      : [
          [words.next, words.on(amountIn(locale, next.amountCents), EVERY[locale][next.interval], dayIn(locale, next.at))] satisfies [
            string,
            string,
          ],
        ]),
  ]
}
