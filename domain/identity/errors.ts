import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of signing in, sessions and people. */
export const IDENTITY_ERRORS = {
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
  mails_limited: {
    status: 429,
    fr: "Trop d'e-mails sont partis à cette adresse depuis une heure. Ceux des dix dernières minutes fonctionnent encore, sauf après cinq codes erronés : servez-vous du code de l'un d'eux, ou attendez une heure avant d'en demander un autre.",
    en: 'Too many e-mails went to this address within the hour. Those of the last ten minutes still work, unless five wrong codes were typed: use the code of one, or wait an hour before you ask for another.',
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
} as const satisfies Record<string, ErrorEntry>
