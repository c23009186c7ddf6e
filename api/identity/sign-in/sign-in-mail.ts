import type { Locale, Platform } from '#domain/base/enums.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import { renderMail } from '#api/mail/template.ts'
import { MAIL_THEMES } from '#api/mail/theme.ts'

export type SignInMail = {
  platform: Platform
  locale: Locale
  /** Works in the browser that asked; opening it consumes nothing until its button is pressed. */
  url: string
  /** Six digits, for every other browser. */
  code: string
  /** How long both are valid. */
  minutes: number
  /** What the code is for; a checkout's link leads back to the checkout. */
  purpose?: 'sign_in' | 'checkout'
}

const WORDS = {
  fr: {
    subject: (site: string) => `Votre code de connexion à ${site}`,
    preview: (minutes: number) => `Valable ${minutes} minutes, une seule fois.`,
    open: 'Pour vous connecter dans le navigateur où vous avez fait la demande :',
    button: 'Me connecter',
    code: 'Dans un autre navigateur ou sur un autre appareil, saisissez ce code :',
    limit: (minutes: number) => `Le lien et le code sont valables ${minutes} minutes et ne servent qu’une fois.`,
    safety:
      'Vous n’avez rien demandé ? Ignorez cet e-mail : personne ne peut se connecter sans lui. Ne donnez ce code à personne, pas même à nous.',
  },
  en: {
    subject: (site: string) => `Your ${site} sign-in code`,
    preview: (minutes: number) => `Valid for ${minutes} minutes, once.`,
    open: 'To sign in, in the browser where you asked for it:',
    button: 'Sign me in',
    code: 'In another browser or on another device, type this code:',
    limit: (minutes: number) => `The link and the code are valid for ${minutes} minutes and work once.`,
    safety: 'You did not ask for this? Ignore this e-mail: nobody can sign in without it. Give this code to nobody, not even to us.',
  },
} as const

/** The same mail for somebody who is buying: what differs. */
const CHECKOUT_WORDS = {
  fr: {
    subject: (site: string) => `Votre code pour commander sur ${site}`,
    open: 'Pour reprendre votre commande, dans le navigateur où vous l’avez commencée :',
    button: 'Reprendre ma commande',
    code: 'Le code à saisir sur la page de la commande :',
  },
  en: {
    subject: (site: string) => `Your code to order on ${site}`,
    open: 'To go on with your order, in the browser where you began it:',
    button: 'Go on with my order',
    code: 'The code to type on the order’s page:',
  },
} as const

/** The mail that lets somebody in. The code stands inside only: a subject is read on locked screens and by whoever looks at a list. Pure. */
export function signInMail({ platform, locale, url, code, minutes, purpose = 'sign_in' }: SignInMail): MailContent {
  const words = purpose === 'checkout' ? { ...WORDS[locale], ...CHECKOUT_WORDS[locale] } : WORDS[locale]
  return renderMail({
    platform,
    locale,
    subject: words.subject(MAIL_THEMES[platform].name),
    preview: words.preview(minutes),
    blocks: [
      { kind: 'paragraph', text: words.open },
      { kind: 'button', label: words.button, url },
      { kind: 'code', label: words.code, code },
      { kind: 'quiet', text: words.limit(minutes) },
      { kind: 'quiet', text: words.safety },
    ],
  })
}
