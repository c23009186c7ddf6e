import type { SessionHere } from '#domain/community/chat-frames.ts'
import { sessionsWithoutRight } from './community/channel/check-rights.ts'
import type { Services } from './context.ts'
import { briefOf, log } from './log.ts'

/**
 * What a room in this Worker asks instead of coming over HTTP: which of these sessions may no longer read its channel. Null when the database does
 * not say, or when the Worker lacks a setting: nobody is shown out because of that.
 */
export async function answerRoom(
  services: () => Pick<Services, 'db' | 'clock'>,
  channelId: string,
  sessions: readonly SessionHere[],
): Promise<readonly string[] | null> {
  try {
    const { db, clock } = services()
    return await sessionsWithoutRight({ db, now: clock() }, channelId, sessions)
  } catch (error) {
    log(null, 'rights_unknown', { channelId, message: briefOf(error) })
    return null
  }
}
