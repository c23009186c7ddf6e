import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of checkout, payment, subscriptions, invoices and refunds. */
export const SELLING_ERRORS = {
  sales_paused: {
    status: 503,
    fr: "Les achats sont suspendus pour quelques instants. Rien n'a été débité : réessayez un peu plus tard.",
    en: 'Purchases are paused for a moment. Nothing was charged: try again a little later.',
  },
  already_owned: {
    status: 409,
    fr: 'Vous avez déjà accès à cette offre. Ouvrez votre compte pour la retrouver.',
    en: 'You already have access to this offer. Open your account to find it.',
  },
  checkout_expired: {
    status: 410,
    fr: "Cette commande a expiré et rien n'a été débité. Recommencez depuis le bouton de paiement.",
    en: 'This order has expired and nothing was charged. Start again from the payment button.',
  },
  checkout_out_of_step: {
    status: 409,
    fr: 'Cette commande est déjà à une autre étape. Rechargez la page pour la reprendre où elle en est.',
    en: 'This order is already at another step. Reload the page to pick it up where it stands.',
  },
  email_not_proven: {
    status: 403,
    fr: 'Confirmez votre adresse avec le code reçu par e-mail, puis continuez.',
    en: 'Confirm your address with the code we sent by e-mail, then continue.',
  },
  card_form_replaced: {
    status: 409,
    fr: 'Le formulaire de carte vient d’être rouvert ailleurs, dans un autre onglet par exemple. Continuez là-bas, ou rouvrez-le ici.',
    en: 'The card form has just been opened again elsewhere, in another tab for instance. Go on there, or open it again here.',
  },
  card_forms_used_up: {
    status: 429,
    fr: "Le formulaire de carte a été ouvert trop de fois pour cette commande, et rien n'a été débité. Recommencez depuis le bouton de paiement.",
    en: 'The card form was opened too many times for this order, and nothing was charged. Start again from the payment button.',
  },
  card_missing: {
    status: 409,
    fr: "Aucune carte n'est encore enregistrée pour cette commande. Saisissez votre carte, puis validez.",
    en: 'No card has been added to this order yet. Enter your card, then confirm.',
  },
  card_declined: {
    status: 402,
    fr: "La banque a refusé le paiement et rien n'a été débité. Essayez une autre carte, ou contactez votre banque.",
    en: 'The bank declined the payment and nothing was charged. Try another card, or contact your bank.',
  },
  card_expired: {
    status: 422,
    fr: 'Cette carte est expirée. Ajoutez une carte valide, puis validez à nouveau.',
    en: 'This card has expired. Add a valid card, then confirm again.',
  },
  authentication_required: {
    status: 402,
    fr: 'Votre banque demande une confirmation. Suivez sa page pour terminer le paiement.',
    en: 'Your bank asks for a confirmation. Follow its page to finish the payment.',
  },
  payment_in_progress: {
    status: 409,
    fr: 'Un paiement de cette offre est déjà en cours, ici ou dans une autre page. Attendez sa réponse avant de réessayer : vous ne serez pas débité deux fois.',
    en: 'A payment for this offer is already under way, here or in another page. Wait for its answer before you try again: you will not be charged twice.',
  },
  payment_wait: {
    status: 429,
    fr: "Plusieurs paiements viennent d'être refusés. Par sécurité, une attente est nécessaire : l'heure à laquelle vous pourrez réessayer est affichée sur la page.",
    en: 'Several payments have just been declined. For security there is a wait: the page shows when you can try again.',
  },
  payments_crowded: {
    status: 429,
    fr: "D'autres paiements sont en cours depuis la même connexion ou avec la même carte. Rien n'a été débité : réessayez dans quelques secondes.",
    en: 'Other payments are under way from the same connection or with the same card. Nothing was charged: try again in a few seconds.',
  },
  payment_unknown: {
    status: 409,
    fr: "Nous attendons encore la réponse de la banque. Ne payez pas à nouveau : cette page se mettra à jour d'elle-même.",
    en: 'We are still waiting for the bank. Do not pay again: this page will update by itself.',
  },
  order_changed: {
    status: 409,
    fr: "Le prix ou les conditions de cette offre viennent de changer. Relisez le récapitulatif, puis validez s'il vous convient.",
    en: 'The price or terms of this offer have just changed. Read the summary again, then confirm if it suits you.',
  },
  terms_outdated: {
    status: 409,
    fr: 'Nos conditions ont été mises à jour. Relisez-les, puis acceptez-les pour continuer.',
    en: 'Our terms have been updated. Read them again, then accept them to continue.',
  },
  age_required: {
    status: 422,
    fr: 'Confirmez que vous avez au moins 18 ans pour commander.',
    en: 'Confirm that you are at least 18 to order.',
  },
  subscription_ended: {
    status: 409,
    fr: "Cet abonnement est déjà terminé. Pour revenir, passez une nouvelle commande depuis la page de l'offre.",
    en: 'This subscription has already ended. To come back, place a new order from the offer’s page.',
  },
  already_cancelled: {
    status: 409,
    fr: 'Cet abonnement est déjà résilié. Sa date de fin est affichée dans votre compte.',
    en: 'This subscription is already cancelled. Its end date is shown in your account.',
  },
  nothing_renews: {
    status: 409,
    fr: "Cet achat ne se renouvelle pas : il n'y a rien à résilier, et rien ne sera débité.",
    en: 'This purchase does not renew: there is nothing to cancel, and nothing will be charged.',
  },
  plan_change_refused: {
    status: 422,
    fr: 'Ce changement de formule n’est pas possible. Choisissez une autre formule de la même communauté.',
    en: 'This change of plan is not possible. Choose another plan of the same community.',
  },
  cooling_off_ended: {
    status: 409,
    fr: 'Le délai de rétractation de 14 jours est passé, ou vous y aviez renoncé. Vous pouvez demander un remboursement en indiquant un motif.',
    en: 'The 14-day right of withdrawal has ended, or you waived it. You can still ask for a refund and give a reason.',
  },
  refund_exceeds_invoice: {
    status: 422,
    fr: 'Ce montant dépasse ce qui reste remboursable sur cette facture. Indiquez un montant plus petit.',
    en: 'This amount is more than what remains refundable on this invoice. Enter a smaller one.',
  },
  refund_open: {
    status: 409,
    fr: 'Une demande de remboursement est déjà en cours pour cette facture. Suivez-la depuis votre compte.',
    en: 'A refund request is already open for this invoice. Follow it from your account.',
  },
  invoice_not_paid: {
    status: 409,
    fr: "Cette facture n'est pas payée : il n'y a rien à rembourser.",
    en: 'This invoice is not paid: there is nothing to refund.',
  },
} as const satisfies Record<string, ErrorEntry>
