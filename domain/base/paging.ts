/** No list is longer than this many pages: what is asked beyond it is past the end of every one. */
export const MOST_PAGES = 10_000
