import type { Words } from '#web/shell/menu.ts'

/** What a page is made of while nothing of it is known but its address. */
export type Shape = 'figures' | 'cards' | 'list' | 'chat' | 'form' | 'text' | 'order' | 'missing'

/** A page before any program runs: its shape, and what stands under its title. */
export interface Outline {
  shape: Shape
  lead?: Words
  /** Its heading says what its data is called, so a block stands there instead of the title. */
  ownHeading?: true
  /** The row of the back office's pages stands above it, as above every page of that row. */
  inOffice?: true
}

export const VIEWERS = ['visitor', 'member'] as const
/** Whether the browser brings a session: all that is known of a person before anything is read. */
export type Viewer = (typeof VIEWERS)[number]
