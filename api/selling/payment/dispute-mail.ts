import type { Locale } from '#domain/base/enums.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import { amountIn, dayIn } from '#api/mail/figures.ts'
import { renderMail } from '#api/mail/template.ts'
import type { MoneyBack } from './money-back-rows.ts'

export type DisputeAlert = {
  locale: Locale
  dispute: MoneyBack
  /** Where what waits for a decision is listed. */
  overviewUrl: string
}

const WORDS = {
  fr: {
    subject: (amount: string | null) =>
      `${amount === null ? 'Nouvelle contestation' : `Contestation de ${amount}`} : répondez avant la date limite du processeur`,
    text: 'Un acheteur conteste un paiement auprès de sa banque. Le processeur fixe la date limite pour répondre : sans réponse avant cette date, la contestation est perdue et l’argent retourne à l’acheteur.',
    preview: 'Sans réponse avant la date limite, la contestation est perdue.',
    buyer: 'Acheteur',
    unknown: 'inconnu',
    product: 'Produit',
    invoice: 'Facture',
    amount: 'Montant contesté',
    processor: 'Chez le processeur',
    date: 'Ouverte le',
    todo: 'Répondez chez le processeur, où le paiement porte l’identifiant ci-dessus, puis marquez la contestation comme réglée dans la vue d’ensemble.',
    todoUnread:
      'Nous n’avons pas su lire son message : cherchez la contestation chez le processeur, répondez-y, puis marquez-la comme réglée dans la vue d’ensemble.',
    open: 'Ouvrir la vue d’ensemble',
  },
  en: {
    subject: (amount: string | null) =>
      `${amount === null ? 'A new dispute' : `Dispute of ${amount}`}: answer before the processor’s deadline`,
    text: 'A buyer disputes a payment with their bank. The processor sets the deadline for an answer: without one by then the dispute is lost and the money goes back to the buyer.',
    preview: 'Without an answer before the deadline the dispute is lost.',
    buyer: 'Buyer',
    unknown: 'unknown',
    product: 'Product',
    invoice: 'Invoice',
    amount: 'Amount disputed',
    processor: 'At the processor',
    date: 'Opened on',
    todo: 'Answer at the processor, where the payment has the id above, then mark the dispute as settled in the overview.',
    todoUnread: 'We could not read its message: look for the dispute at the processor, answer it, then mark it as settled in the overview.',
    open: 'Open the overview',
  },
} as const

/** A new dispute, told to an owner: how much, whose, for what, and by when it is lost. Pure. */
export function disputeMail({ locale, dispute, overviewUrl }: DisputeAlert): MailContent {
  const words = WORDS[locale]
  const amount = dispute.amountCents === null ? null : amountIn(locale, dispute.amountCents)
  return renderMail({
    platform: 'WEOKTO',
    locale,
    subject: words.subject(amount),
    preview: words.preview,
    blocks: [
      { kind: 'paragraph', text: words.text },
      { kind: 'rows', rows: rowsOf(locale, dispute, amount) },
      { kind: 'paragraph', text: dispute.kind === 'unreadable' ? words.todoUnread : words.todo },
      { kind: 'button', label: words.open, url: overviewUrl },
    ],
  })
}

function rowsOf(locale: Locale, dispute: MoneyBack, amount: string | null): [string, string][] {
  const words = WORDS[locale]
  const rows: [string, string | null][] = [
    [words.buyer, dispute.buyerEmail ?? words.unknown],
    [words.product, dispute.productName],
    [words.invoice, dispute.invoiceNumber],
    [words.amount, amount],
    [words.processor, dispute.processorId],
    [words.date, dayIn(locale, new Date(dispute.at))],
  ]
  return rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] satisfies [string, string]]))
}
