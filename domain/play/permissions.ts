/** What one may do with pearls and competitions, by whom it is given to (`domain/access.ts`). */
export const PLAY_PERMISSIONS = {
  affiliate: ['play.own_pearls', 'play.boards'],
  owner: ['play.competitions'],
} as const
