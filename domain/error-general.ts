import type { ErrorEntry } from './error.ts'

/** Refusals of the HTTP surface and of signing in. */
export const GENERAL_ERRORS = {
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
  unauthorized: {
    status: 401,
    fr: "Vous n'êtes pas connecté. Connectez-vous, puis recommencez.",
    en: 'You are not signed in. Sign in, then start again.',
  },
  fresh_sign_in_required: {
    status: 401,
    fr: 'Pour votre sécurité, cette action demande une connexion récente. Reconnectez-vous, puis recommencez.',
    en: 'For your safety this action needs a recent sign-in. Sign in again, then start over.',
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
  mails_limited: {
    status: 429,
    fr: "Trop d'e-mails sont partis à cette adresse depuis une heure. Ceux des dix dernières minutes fonctionnent encore, sauf après cinq codes erronés : servez-vous du code de l'un d'eux, ou attendez une heure avant d'en demander un autre.",
    en: 'Too many e-mails went to this address within the hour. Those of the last ten minutes still work, unless five wrong codes were typed: use the code of one, or wait an hour before you ask for another.',
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
  code_wrong: {
    status: 422,
    fr: "Ce code n'est pas le bon. Vérifiez le dernier e-mail reçu, ou demandez un nouveau code.",
    en: 'This code is not right. Check the latest e-mail, or ask for a new code.',
  },
  code_needed: {
    status: 403,
    fr: 'Ce lien a été ouvert dans un autre navigateur que celui de la demande. Saisissez le code à 6 chiffres reçu dans le même e-mail.',
    en: 'This link was opened in another browser than the one that asked. Type the 6-digit code from the same e-mail.',
  },
  link_expired: {
    status: 410,
    fr: 'Ce lien ou ce code a expiré ou déjà servi, ou trop de codes erronés ont été saisis. Demandez-en un nouveau.',
    en: 'This link or code has expired or was already used, or too many wrong codes were typed. Ask for a new one.',
  },
  too_many_tries: {
    status: 429,
    fr: 'Trop de codes erronés ont été saisis. Demandez un nouveau code, puis réessayez.',
    en: 'Too many wrong codes were typed. Ask for a new code, then try again.',
  },
  email_taken: {
    status: 409,
    fr: 'Cette adresse e-mail ne peut pas être utilisée ici. Choisissez-en une autre, ou connectez-vous avec celle-ci.',
    en: 'This e-mail address cannot be used here. Choose another one, or sign in with this one.',
  },
  banned: {
    status: 403,
    fr: "L'accès de ce compte a été suspendu. Répondez à l'e-mail que nous vous avons envoyé pour en parler avec nous.",
    en: 'Access for this account has been suspended. Reply to the e-mail we sent you to talk to us.',
  },
  reason_required: {
    status: 422,
    fr: 'Un motif est nécessaire pour cette décision. Écrivez-le, puis validez.',
    en: 'This decision needs a reason. Write it, then confirm.',
  },
} as const satisfies Record<string, ErrorEntry>
