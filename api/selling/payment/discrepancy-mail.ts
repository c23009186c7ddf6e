import type { Locale } from '#domain/base/enums.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import { amountIn, dayIn } from '#api/mail/figures.ts'
import { renderMail } from '#api/mail/template.ts'
import type { Discrepancy } from './discrepancy-rows.ts'

export type OwnerAlert = {
  locale: Locale
  discrepancy: Discrepancy
  /** Where what waits for a decision is listed. */
  overviewUrl: string
}

const WORDS = {
  fr: {
    paid_twice: {
      subject: (amount: string) => `${amount} encaissés pour rien : à rendre`,
      text: 'Un paiement est arrivé pour une commande déjà payée ou fermée. Il n’ouvre rien et n’est dans aucune facture. L’acheteur lit sur sa page que vous le lui rendez.',
      todo: 'Remboursez-le chez le processeur, où il porte l’identifiant ci-dessus, puis marquez-le comme réglé dans la vue d’ensemble.',
    },
    mismatch: {
      subject: (amount: string) => `Un paiement de ${amount} ne correspond pas à sa commande`,
      text: 'Le processeur annonce un paiement qui n’est pas celui que nous lui avions demandé. Nous ne l’avons pas cru : il n’ouvre rien. Tant que la commande attend son paiement, nous continuons à lui poser la question.',
      todo: 'Comparez-le chez le processeur à la commande, rendez ce qui est à rendre, puis marquez-le comme réglé dans la vue d’ensemble.',
    },
    preview: (product: string) => `${product} : une décision vous attend.`,
    buyer: 'Acheteur',
    product: 'Produit',
    said: 'Montant annoncé',
    asked: 'Montant demandé',
    processor: 'Chez le processeur',
    date: 'Constaté le',
    open: 'Ouvrir la vue d’ensemble',
  },
  en: {
    paid_twice: {
      subject: (amount: string) => `${amount} taken for nothing: to be given back`,
      text: 'A payment arrived for an order that was already paid or closed. It opens nothing and stands on no invoice. The buyer’s page says that you give it back.',
      todo: 'Refund it at the processor, where it has the id above, then mark it as settled in the overview.',
    },
    mismatch: {
      subject: (amount: string) => `A payment of ${amount} does not match its order`,
      text: 'The processor tells of a payment that is not the one we asked for. We did not believe it: it opens nothing. As long as the order waits for its payment, we go on asking.',
      todo: 'Compare it at the processor with the order, give back what is to be given back, then mark it as settled in the overview.',
    },
    preview: (product: string) => `${product}: a decision is waiting for you.`,
    buyer: 'Buyer',
    product: 'Product',
    said: 'Amount told',
    asked: 'Amount asked for',
    processor: 'At the processor',
    date: 'Seen on',
    open: 'Open the overview',
  },
} as const

/** Money that fits no order, told to an owner: how much, whose, for what, and what to do. Pure. */
export function discrepancyMail({ locale, discrepancy, overviewUrl }: OwnerAlert): MailContent {
  const words = WORDS[locale]
  const kind = words[discrepancy.kind]
  return renderMail({
    platform: 'WEOKTO',
    locale,
    subject: kind.subject(amountIn(locale, discrepancy.saidCents)),
    preview: words.preview(discrepancy.productName),
    blocks: [
      { kind: 'paragraph', text: kind.text },
      { kind: 'rows', rows: rowsOf(locale, discrepancy) },
      { kind: 'paragraph', text: kind.todo },
      { kind: 'button', label: words.open, url: overviewUrl },
    ],
  })
}

function rowsOf(locale: Locale, { buyerEmail, productName, saidCents, askedCents, processorId, at }: Discrepancy): [string, string][] {
  const words = WORDS[locale]
  return [
    [words.buyer, buyerEmail],
    [words.product, productName],
    [words.said, amountIn(locale, saidCents)],
    ...(saidCents === askedCents ? [] : [[words.asked, amountIn(locale, askedCents)] satisfies [string, string]]),
    ...(processorId === null ? [] : [[words.processor, processorId] satisfies [string, string]]),
    ...(at === null ? [] : [[words.date, dayIn(locale, new Date(at))] satisfies [string, string]]),
  ]
}
