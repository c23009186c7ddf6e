import type { TestDatabase } from '#db/testing.ts'
import { httpRooms } from '#api/adapters/rooms/over-http.ts'
import type { TestRooms } from '#dev/testing/rooms.ts'
import type { Site } from '#dev/testing/site.ts'
import { startPagesSite } from './pages-site.ts'

/** The app with its pages, on rooms of its own. */
export async function startChatSite(database: TestDatabase, rooms: TestRooms, distDir: string): Promise<Site> {
  const site = await startPagesSite(database, distDir)
  site.services.ports.rooms = httpRooms(rooms)
  site.services.config.REALTIME_ORIGIN = rooms.origin
  return site
}
