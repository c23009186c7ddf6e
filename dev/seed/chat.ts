import { and, eq, isNotNull } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { newId } from '#db/id.ts'
import { channels, communityMembers, messages } from '#db/schema/all.ts'

/** What stands in the channels when the demo opens: a few useful lines each, oldest first. */
const LINES: Record<string, Record<string, string[]>> = {
  'atelier-levain': {
    bienvenue: [
      'Bonjour à tous, je débute : mon levain a trois jours et il sent la pomme. C’est bon signe ?',
      'Oui, très bon signe. Donne-lui encore deux jours à 26 °C et il doublera.',
      'Merci ! Je vous montre le premier pain dimanche.',
    ],
    questions: [
      'Ma croûte ramollit en refroidissant, que faire ?',
      'Cinq minutes de plus, porte entrouverte, et une grille sous le pain.',
      'Quelle farine pour commencer ?',
      'Une T80 sur meule, rien d’autre pendant un mois.',
    ],
    'vos-fournees': ['Premier pain avec de vraies bulles aujourd’hui. Pointage de 5 h, façonnage serré.'],
    annonces: ['Le programme du mois est en ligne : pain aux noix, fougasse, brioche au levain, pain de mie.'],
  },
  'dos-en-forme': {
    bienvenue: [
      'Bienvenue ! Commencez par la séance 1, elle dure douze minutes et se fait en chaussettes.',
      'Fait ce matin avant le travail. Je sens déjà la différence.',
    ],
    seances: ['Séance 4 : gardez les genoux souples, on ne cherche pas l’amplitude.'],
  },
  'photo-de-rue': { bienvenue: ['Premier exercice : dix photos du même carrefour, une seule focale.'] },
  'guilde-marketing': {
    bienvenue: [
      'Bienvenue dans la guilde. Dites-nous ce que vous vendez et à qui.',
      'Je partage des recettes sur Instagram, je teste l’Atelier Levain.',
    ],
    'vos-pages': ['Pensez à écrire « Publicité » au début de chaque partage : c’est la loi, et ça inspire confiance.'],
  },
  'guilde-video': { bienvenue: ['Bienvenue ! Ici on regarde vos vidéos avant tout le monde.'] },
}

/** Fills the channels with what its members could say; each line belongs to another member. */
export async function writeChat(db: Db, communityIds: Record<string, string>, now: Date): Promise<void> {
  for (const [slug, byChannel] of Object.entries(LINES)) {
    const communityId = communityIds[slug] ?? ''
    const members = await db
      .select({ id: communityMembers.id })
      .from(communityMembers)
      .where(and(eq(communityMembers.communityId, communityId), isNotNull(communityMembers.displayName)))
      .limit(6)
    if (members.length === 0) continue
    for (const [channelSlug, lines] of Object.entries(byChannel)) {
      const [channel] = await db
        .select({ id: channels.id })
        .from(channels)
        .where(and(eq(channels.communityId, communityId), eq(channels.slug, channelSlug)))
        .limit(1)
      if (!channel) continue
      const rows = lines.map((content, n) => ({
        channelId: channel.id,
        communityId,
        memberId: members[n % members.length]?.id ?? '',
        content,
        seq: n + 1,
        clientId: newId(),
        createdAt: new Date(now.getTime() - (lines.length - n) * 5_400_000),
      }))
      await db.batch([
        db.insert(messages).values(rows),
        db.update(channels).set({ lastSeq: rows.length }).where(eq(channels.id, channel.id)),
      ])
    }
  }
}
