import type { IconName } from '#web/ui/icon.tsx'

/** What a page is made of while nothing of it is known but its address. */
export type Shape = 'figures' | 'cards' | 'list' | 'chat' | 'form' | 'text' | 'order' | 'missing'

/** A page before any program runs: its own title where the address alone says it, its shape, and whose frame stands around it. */
export interface Outline {
  shape: Shape
  title?: () => string
  lead?: () => string
  /** A page of paying has a frame that leads nowhere else; the back office a row of pages above its title. */
  frame?: 'checkout' | 'office'
  /**
   * What its loaders ask for at once, spelt as they do ("$slug" is the address's own part), so that the browser asks together with the program's
   * files. A test holds that each is asked for once.
   */
  asks?: readonly string[]
  /** The page it leads on to: the outline needs that page's styles, and the browser will need its screens. */
  leadsTo?: string
}

/** The outlines of a site's pages by their paths in the router's spelling. */
export interface SiteOutlines {
  /** What anybody may open. Of every other page whoever has no session gets the outline of signing in, where they will be led. */
  anyone: Readonly<Record<string, Outline>>
  /** What whoever has a session sees; it goes before the others. */
  signedIn: Readonly<Record<string, Outline>>
  /** The doors of whoever is signed in, as far as they are the same for everybody. */
  doors: () => readonly Door[]
}

export interface Door {
  label: string
  icon: IconName
  href: string
  deskOnly?: boolean
}

export const VIEWERS = ['visitor', 'member'] as const
/** Whether the browser brings a session: all that is known of a person before anything is read. */
export type Viewer = (typeof VIEWERS)[number]

/** The page that will open: of one that needs a session whoever has none gets the page of signing in. */
export function openedPath({ anyone, signedIn }: SiteOutlines, path: string, viewer: Viewer): string {
  return viewer === 'visitor' && path in signedIn && !(path in anyone) ? '/sign-in' : path
}

/** The outline of one page; a path without one is a mistake of ours. */
export function outlineOf(outlines: SiteOutlines, path: string, viewer: Viewer): Outline {
  const opened = openedPath(outlines, path, viewer)
  const own = (viewer === 'member' ? outlines.signedIn[opened] : undefined) ?? outlines.anyone[opened]
  if (!own) throw new Error(`The page ${path} has no outline.`)
  return own
}
