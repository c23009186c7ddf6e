export type Place = { after?: string; before?: string }

interface Page<Row> {
  rows: readonly Row[]
  next: string | null
  previous: string | null
}

/** No list of a test is longer than this many pages: a walk that goes in circles ends. */
const MOST_PAGES = 500

/** All rows of a list in its order, page by page: from its first to its last, or from `from` back to its first. */
export async function walk<Row>(read: (place: Place) => Promise<Page<Row>>, from?: { before: string }): Promise<Row[]> {
  const pages: (readonly Row[])[] = []
  for (let place: Place | null = from ?? {}; place !== null;) {
    const page: Page<Row> = await read(place)
    pages.push(page.rows)
    if (pages.length > MOST_PAGES) throw new Error('The list has no end.')
    if (from) place = page.previous === null ? null : { before: page.previous }
    else place = page.next === null ? null : { after: page.next }
  }
  return (from ? pages.toReversed() : pages).flat()
}
