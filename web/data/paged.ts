export const ROWS_PER_PAGE = 25

export type Paged = { page: number; q?: string }

export type Direction = 'asc' | 'desc'

/** Page and size as a query string carries them. */
export function paged<Asked extends Paged>(asked: Asked) {
  return { ...asked, page: String(asked.page), size: String(ROWS_PER_PAGE) }
}
