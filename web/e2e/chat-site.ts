import type { TestDatabase } from '#db/testing.ts'
import { partyKitRooms } from '#api/adapters/rooms/partykit.ts'
import type { TestRooms } from '#dev/testing/rooms.ts'
import type { Site } from '#dev/testing/site.ts'
import { startPagesSite } from './pages-site.ts'

/** The app with its pages, on rooms of its own. */
export async function startChatSite(database: TestDatabase, rooms: TestRooms, distDir: string): Promise<Site> {
  const site = await startPagesSite(database, distDir)
  site.services.ports.rooms = partyKitRooms(rooms)
  site.services.config.REALTIME_ORIGIN = rooms.origin
  return site
}
