import type { ErrorEntry } from '#domain/base/error-entry.ts'

/** Refusals of guilds and communities, their chat and its moderation. */
export const COMMUNITY_ERRORS = {
  guild_required: {
    status: 403,
    fr: "Rejoignez d'abord une guilde : l'entrée gratuite suffit.",
    en: 'Join a guild first: the free tier is enough.',
  },
  guild_change_too_soon: {
    status: 409,
    fr: 'Vous avez changé de guilde il y a moins de 30 jours. Attendez la date affichée pour en changer à nouveau.',
    en: 'You changed guild less than 30 days ago. Wait until the date shown to change again.',
  },
  not_member: {
    status: 403,
    fr: 'Cet espace est réservé à ses membres. Rejoignez la communauté pour y entrer.',
    en: 'This space is for its members. Join the community to enter.',
  },
  access_ended: {
    status: 403,
    fr: 'Votre accès à cette communauté a pris fin. Renouvelez votre abonnement pour y revenir.',
    en: 'Your access to this community has ended. Renew your subscription to come back.',
  },
  muted: {
    status: 403,
    fr: "Un modérateur vous a retiré la parole pour un temps. Vous pouvez lire ; l'heure de fin est affichée sous le champ de message.",
    en: 'A moderator has muted you for a while. You can read; the end time is shown below the message box.',
  },
  chat_banned: {
    status: 403,
    fr: 'Vous avez été exclu du chat de cette communauté. Vos autres accès restent ouverts ; le motif vous a été envoyé.',
    en: 'You were banned from this community’s chat. Your other access stays open; the reason was sent to you.',
  },
  channel_read_only: {
    status: 403,
    fr: 'Ce salon est en lecture seule. Écrivez dans un autre salon.',
    en: 'This channel is read-only. Write in another channel.',
  },
  channel_archived: {
    status: 410,
    fr: 'Ce salon a été archivé. Choisissez un autre salon dans la liste.',
    en: 'This channel has been archived. Choose another one in the list.',
  },
  slow_mode: {
    status: 429,
    fr: 'Le mode lent est actif dans ce salon. Attendez la fin du décompte, puis renvoyez votre message.',
    en: 'Slow mode is on in this channel. Wait for the countdown to end, then send your message again.',
  },
  message_empty: {
    status: 422,
    fr: 'Votre message est vide. Écrivez quelque chose, puis envoyez.',
    en: 'Your message is empty. Write something, then send.',
  },
  message_too_long: {
    status: 422,
    fr: 'Votre message dépasse 4 000 caractères. Raccourcissez-le ou envoyez-le en deux fois.',
    en: 'Your message is longer than 4,000 characters. Shorten it or send it in two parts.',
  },
  message_refused: {
    status: 422,
    fr: 'Votre message contient un mot interdit ici. Modifiez-le, puis renvoyez-le.',
    en: 'Your message contains a word that is not allowed here. Change it, then send it again.',
  },
  ticket_expired: {
    status: 401,
    fr: "La connexion au chat a expiré. Elle se rétablit d'elle-même ; rechargez la page si ce n'est pas le cas.",
    en: 'The chat connection has expired. It comes back by itself; reload the page if it does not.',
  },
} as const satisfies Record<string, ErrorEntry>
