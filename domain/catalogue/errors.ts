import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of products, plans, buttons and programmes. */
export const CATALOGUE_ERRORS = {
  button_inactive: {
    status: 410,
    fr: "Ce bouton de paiement n'est plus actif. Revenez à la page de l'offre ou écrivez-nous pour connaître l'offre en cours.",
    en: 'This payment button is no longer active. Go back to the offer, or write to us to learn what is on offer now.',
  },
  product_unavailable: {
    status: 410,
    fr: "Cette offre n'est pas en vente pour le moment. Revenez plus tard ou choisissez une autre offre.",
    en: 'This offer is not on sale for the moment. Come back later or choose another one.',
  },
  plan_needs_trial: {
    status: 422,
    fr: "Cette offre commence par un essai. Choisissez une formule avec période d'essai.",
    en: 'This offer begins with a trial. Choose a plan that has a trial period.',
  },
  publish_incomplete: {
    status: 409,
    fr: 'Ce produit ne peut pas encore être publié. Complétez les étapes signalées, puis recommencez.',
    en: 'This product cannot be published yet. Complete the steps marked, then try again.',
  },
  price_locked: {
    status: 409,
    fr: 'Cette formule a des abonnés : son prix ne change plus. Créez une nouvelle formule au nouveau prix.',
    en: 'This plan has subscribers: its price is fixed. Create a new plan at the new price.',
  },
  has_buyers: {
    status: 409,
    fr: 'Ce produit a des acheteurs et ne peut pas être supprimé. Désactivez-le pour arrêter sa vente.',
    en: 'This product has buyers and cannot be deleted. Deactivate it to stop selling it.',
  },
  target_missing: {
    status: 422,
    fr: "L'élément à ouvrir n'existe pas dans cette communauté. Choisissez-en un dans la liste.",
    en: 'The item to open does not exist in this community. Choose one from the list.',
  },
  program_inactive: {
    status: 409,
    fr: "Ce produit n'est pas ouvert à l'affiliation en ce moment. Choisissez-en un autre dans le catalogue.",
    en: 'This product is not open to affiliates at the moment. Choose another one in the marketplace.',
  },
  guild_program_refused: {
    status: 409,
    fr: "Une commission sur l'entrée dans une guilde est désactivée : la loi française (art. L121-15 du Code de la consommation) peut l'interdire. Activez-la dans la politique seulement après avis juridique.",
    en: 'Commission on joining a guild is switched off: French law (art. L121-15 of the Consumer Code) may forbid it. Switch it on in the policy only after legal advice.',
  },
} as const satisfies Record<string, ErrorEntry>
