import type { ErrorEntry } from './error-entry.ts'

/** Refusals that any call may give. */
export const BASE_ERRORS = {
  bad_request: {
    status: 400,
    fr: "Cette demande n'a pas pu être lue. Rechargez la page, puis réessayez.",
    en: 'This request could not be read. Reload the page, then try again.',
  },
  invalid_input: {
    status: 422,
    fr: 'Certaines informations sont à corriger. Vérifiez les champs signalés, puis validez à nouveau.',
    en: 'Some details need correcting. Check the fields marked, then submit again.',
  },
  card_number_refused: {
    status: 422,
    fr: "Votre texte semble contenir un numéro de carte. Pour votre sécurité, rien n'a été enregistré : retirez-le, puis réessayez.",
    en: 'Your text seems to contain a card number. For your safety nothing was kept: remove it, then try again.',
  },
  forbidden: {
    status: 403,
    fr: "Votre compte ne donne pas accès à cette action. Si c'est une erreur, écrivez-nous depuis l'aide.",
    en: 'Your account does not allow this. If that is a mistake, write to us from the help page.',
  },
  bad_origin: {
    status: 403,
    fr: 'Cette demande ne vient pas de notre site. Ouvrez le site directement, puis réessayez.',
    en: 'This request did not come from our site. Open the site directly, then try again.',
  },
  not_found: {
    status: 404,
    fr: "Cette page ou cet élément n'existe pas, ou ne vous est pas accessible. Vérifiez l'adresse ou revenez à l'accueil.",
    en: 'This page or item does not exist, or is not open to you. Check the address or go back home.',
  },
  method_not_allowed: {
    status: 405,
    fr: "Cette action n'est pas possible à cette adresse. Revenez à la page précédente.",
    en: 'This action is not possible at this address. Go back to the previous page.',
  },
  conflict: {
    status: 409,
    fr: "Cet élément a changé entre-temps. Rechargez la page pour voir où il en est, puis recommencez si c'est encore utile.",
    en: 'This item changed in the meantime. Reload the page to see how it stands, then start again if still needed.',
  },
  gone: {
    status: 410,
    fr: "Cet élément n'est plus disponible. Revenez à l'accueil pour continuer.",
    en: 'This item is no longer available. Go back home to continue.',
  },
  payload_too_large: {
    status: 413,
    fr: 'Cet envoi est trop volumineux. Raccourcissez-le, puis réessayez.',
    en: 'This is too large to send. Make it shorter, then try again.',
  },
  unsupported_media_type: {
    status: 415,
    fr: "Ce format d'envoi n'est pas accepté. Rechargez la page, puis réessayez.",
    en: 'This format is not accepted. Reload the page, then try again.',
  },
  misdirected_host: {
    status: 421,
    fr: "Cette adresse n'est pas l'un de nos sites. Ouvrez weokto.com ou be-stam.com.",
    en: 'This address is not one of our sites. Open weokto.com or be-stam.com.',
  },
  rate_limited: {
    status: 429,
    fr: 'Vous avez fait trop de demandes en peu de temps. Patientez une minute, puis réessayez.',
    en: 'Too many requests in a short time. Wait a minute, then try again.',
  },
  internal: {
    status: 500,
    fr: "Une erreur est survenue de notre côté. Réessayez dans un instant ; si elle revient, écrivez-nous depuis l'aide.",
    en: 'Something went wrong on our side. Try again in a moment; if it comes back, write to us from the help page.',
  },
  unavailable: {
    status: 503,
    fr: 'Le service est momentanément indisponible. Réessayez dans quelques minutes.',
    en: 'The service is unavailable for the moment. Try again in a few minutes.',
  },
  reason_required: {
    status: 422,
    fr: 'Un motif est nécessaire pour cette décision. Écrivez-le, puis validez.',
    en: 'This decision needs a reason. Write it, then confirm.',
  },
  policy_out_of_range: {
    status: 422,
    fr: 'Une valeur sort des limites fixées (part principale de 80 à 94 %). Corrigez les champs signalés.',
    en: 'A value is outside its fixed limits (main part 80 to 94 %). Correct the fields marked.',
  },
} as const satisfies Record<string, ErrorEntry>
