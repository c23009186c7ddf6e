import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of links, boosts, commissions and withdrawals. */
export const AFFILIATION_ERRORS = {
  affiliate_blocked: {
    status: 403,
    fr: "Votre activité d'affilié est suspendue. Le motif est affiché sur votre accueil ; écrivez-nous depuis l'aide pour en parler.",
    en: 'Your affiliate activity is suspended. The reason is shown on your home; write to us from the help page.',
  },
  affiliate_terms_needed: {
    status: 403,
    fr: "Acceptez les conditions d'affiliation et choisissez une guilde pour continuer.",
    en: 'Accept the affiliate terms and choose a guild to continue.',
  },
  link_target_invalid: {
    status: 422,
    fr: "Cette adresse de destination n'est pas sur nos sites. Indiquez un chemin qui commence par /.",
    en: 'This destination is not on our sites. Enter a path that starts with /.',
  },
  code_taken: {
    status: 409,
    fr: 'Ce code est déjà pris. Choisissez-en un autre.',
    en: 'This code is already taken. Choose another one.',
  },
  boost_unknown: {
    status: 404,
    fr: "Ce code boost n'existe pas. Vérifiez-le : il commence par BOOST- suivi de 6 caractères.",
    en: 'This boost code does not exist. Check it: it starts with BOOST- followed by 6 characters.',
  },
  boost_inactive: {
    status: 409,
    fr: "Ce code boost n'est pas utilisable : il n'a pas commencé, il a expiré ou il a été désactivé.",
    en: 'This boost code cannot be used: it has not started, has expired or was switched off.',
  },
  boost_used_up: {
    status: 409,
    fr: "Toutes les utilisations de ce code boost ont été prises. Surveillez l'annonce du prochain.",
    en: 'Every use of this boost code has been taken. Watch for the next one.',
  },
  boost_replaces_active: {
    status: 409,
    fr: 'Un autre boost est actif et serait perdu, sans que son utilisation soit rendue. Confirmez pour le remplacer.',
    en: 'Another boost is active and would be lost, its use not given back. Confirm to replace it.',
  },
  boost_already_yours: {
    status: 409,
    fr: 'Ce boost est déjà actif sur votre compte. Vous n’avez rien à faire.',
    en: 'This boost is already active on your account. There is nothing to do.',
  },
  withdrawal_below_minimum: {
    status: 422,
    fr: 'Ce montant est inférieur au minimum de retrait. Indiquez un montant plus élevé ou attendez vos prochaines commissions.',
    en: 'This amount is below the minimum for a withdrawal. Enter a higher one or wait for your next commissions.',
  },
  withdrawal_above_available: {
    status: 422,
    fr: 'Ce montant dépasse votre solde disponible. Indiquez au plus ce qui est disponible.',
    en: 'This amount is more than you have available. Enter at most what is available.',
  },
  withdrawal_open: {
    status: 409,
    fr: "Un retrait est déjà en cours. Attendez qu'il soit traité, ou annulez-le pour en demander un autre.",
    en: 'A withdrawal is already open. Wait until it is handled, or cancel it to ask for another.',
  },
  withdrawal_out_of_step: {
    status: 409,
    fr: "Ce retrait n'est plus à cette étape. Rechargez la page pour voir où il en est.",
    en: 'This withdrawal is no longer at this step. Reload the page to see how it stands.',
  },
  debt_open: {
    status: 409,
    fr: "Une dette reste à rembourser à la suite d'un remboursement client. Les prochaines commissions la remboursent d'abord ; le retrait sera possible ensuite.",
    en: 'A debt from a customer refund remains. Your next commissions repay it first; withdrawing is possible after that.',
  },
  payout_identity_missing: {
    status: 409,
    fr: 'Complétez votre identité de paiement (nom, adresse, statut, mandat de facturation) avant le premier retrait.',
    en: 'Complete your payout identity (name, address, status, billing mandate) before the first withdrawal.',
  },
  payout_method_missing: {
    status: 409,
    fr: 'Ajoutez un IBAN ou une adresse PayPal dans vos réglages, puis demandez votre retrait.',
    en: 'Add an IBAN or a PayPal address in your settings, then ask for your withdrawal.',
  },
  payout_method_too_recent: {
    status: 409,
    fr: 'Votre moyen de paiement a changé il y a moins de 7 jours. Pour votre sécurité, attendez la date affichée avant de retirer.',
    en: 'Your payout method changed less than 7 days ago. For your safety, wait until the date shown before withdrawing.',
  },
  payouts_paused: {
    status: 503,
    fr: 'Les retraits sont suspendus pour quelques instants. Votre solde ne change pas : réessayez un peu plus tard.',
    en: 'Withdrawals are paused for a moment. Your balance does not change: try again a little later.',
  },
  commission_out_of_step: {
    status: 409,
    fr: "Cette commission n'attend plus cette décision. Rechargez la page pour voir où elle en est.",
    en: 'This commission no longer waits for this decision. Reload the page to see how it stands.',
  },
  claim_refused: {
    status: 409,
    fr: 'Cette vente porte déjà une commission : elle ne peut pas être réclamée.',
    en: 'This sale already carries a commission: it cannot be claimed.',
  },
} as const satisfies Record<string, ErrorEntry>
