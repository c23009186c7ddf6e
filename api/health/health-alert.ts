import * as z from 'zod/mini'
import type { Locale } from '#domain/base/enums.ts'
import type { ProblemKind } from '#domain/base/health.ts'
import type { AddressedMail, MailContent } from '#api/adapters/mail/port.ts'
import type { Ctx } from '#api/context.ts'
import { renderMail } from '#api/mail/template.ts'
import { momentIn } from '#api/mail/figures.ts'
import { composeForOwners, selectOwners } from '#api/outbox/compose-for-owners.ts'

/** What an outbox row of kind `health-alert` holds: which problems, by their keys, and when that was seen. */
const HealthAlert = z.object({ keys: z.array(z.string()), at: z.int(), isOver: z.boolean() })
export type HealthAlert = z.infer<typeof HealthAlert>

type Words = { title: string; todo: string }

const WORDS = {
  fr: {
    begun: (count: number) => (count === 1 ? 'Un contrôle du site a échoué' : `${count} contrôles du site ont échoué`),
    over: (count: number) => (count === 1 ? 'Le contrôle du site est de nouveau bon' : `${count} contrôles du site sont de nouveau bons`),
    seen: (at: string) => `Constaté le ${at}.`,
    once: 'Vous ne recevrez pas d’autre message à ce sujet, sauf un quand ce sera réglé.',
    nothing: 'Vous n’avez rien à faire.',
    kinds: {
      job_late: { title: 'Une tâche automatique ne finit plus', todo: 'Cherchez « job_failed » dans le journal du serveur.' },
      outbox_waiting: {
        title: 'Des e-mails attendent depuis plus d’une demi-heure',
        todo: 'Vérifiez le compte du fournisseur d’e-mails, puis « outbox_needs_somebody » dans le journal.',
      },
      outbox_given_up: {
        title: 'Plus de quatre e-mails ont été abandonnés en un jour',
        todo: 'Le journal dit pourquoi, sous « outbox_given_up ».',
      },
      alert_withheld: {
        title: 'Un message aux propriétaires est retenu\u00a0: aucun e-mail n’arrive à leur adresse',
        todo: 'Faites débloquer l’adresse dans la liste des personnes, et lisez l’accueil du back-office d’ici là.',
      },
      promise_given_up: {
        title: 'Une suppression de carte, une fermeture d’accès ou le déblocage d’une adresse n’a pas abouti',
        todo: 'Le journal dit laquelle, sous « outbox_given_up » : faites-la à la main.',
      },
      dead_letters: {
        title: 'Des messages de la file d’attente ont échoué plusieurs fois',
        todo: 'Ils ont été repris ; vérifiez que la base de données répond bien.',
      },
      payment_undecided: {
        title: 'Un paiement est sans réponse depuis plus d’un jour',
        todo: 'Cherchez-le chez le processeur ; le journal dit pourquoi, sous « reconcile_failed ».',
      },
    },
  },
  en: {
    begun: (count: number) => (count === 1 ? 'A check of the site has failed' : `${count} checks of the site have failed`),
    over: (count: number) => (count === 1 ? 'The check of the site is well again' : `${count} checks of the site are well again`),
    seen: (at: string) => `Seen on ${at}.`,
    once: 'You will get no other message about this, but for one when it is over.',
    nothing: 'You have nothing to do.',
    kinds: {
      job_late: { title: 'A scheduled job does not end any more', todo: 'Look for “job_failed” in the server’s log.' },
      outbox_waiting: {
        title: 'Mails have been waiting for more than half an hour',
        todo: 'Look at the account of the mail provider, then for “outbox_needs_somebody” in the log.',
      },
      outbox_given_up: { title: 'More than four mails were given up within a day', todo: 'The log says why, under “outbox_given_up”.' },
      alert_withheld: {
        title: 'A message to the owners is withheld: no mail reaches their address',
        todo: 'Have the address let go in the list of people, and read the back office’s first page until then.',
      },
      promise_given_up: {
        title: 'Deleting a card, closing an access or letting an address go did not succeed',
        todo: 'The log says which, under “outbox_given_up”: do it by hand.',
      },
      dead_letters: {
        title: 'Messages of the queue have failed several times',
        todo: 'They were taken up again; look whether the database answers well.',
      },
      payment_undecided: {
        title: 'A payment has had no answer for more than a day',
        todo: 'Look it up at the processor; the log says why, under “reconcile_failed”.',
      },
    },
  },
} as const satisfies Record<Locale, { kinds: Record<ProblemKind, Words> } & Record<string, unknown>>

/** What tells every owner that something stands still, or no longer does. */
export async function composeHealthMails(ctx: Ctx, payload: string): Promise<AddressedMail[]> {
  const alert = HealthAlert.parse(JSON.parse(payload))
  return composeForOwners(ctx, await selectOwners(ctx), (locale) => healthMail(locale, alert))
}

function healthMail(locale: Locale, { keys, at, isOver }: HealthAlert): MailContent {
  const words = WORDS[locale]
  const subject = (isOver ? words.over : words.begun)(keys.length)
  return renderMail({
    platform: 'WEOKTO',
    locale,
    subject,
    preview: subject,
    blocks: [
      ...keys.map((key) => ({ kind: 'paragraph' as const, text: sentenceOf(locale, key, isOver) })),
      { kind: 'quiet', text: words.seen(momentIn(locale, new Date(at))) },
      { kind: 'quiet', text: isOver ? words.nothing : words.once },
    ],
  })
}

/** A key that this program does not know (an older one wrote it) is told by its name. */
function sentenceOf(locale: Locale, key: string, isOver: boolean): string {
  const [kind = '', job] = key.split(':')
  const kinds: Readonly<Record<string, Words>> = WORDS[locale].kinds
  const words = kinds[kind] ?? { title: key, todo: '' }
  const title = job === undefined ? words.title : `${words.title} (${job})`
  return isOver ? `${title}.` : `${title}. ${words.todo}`
}
