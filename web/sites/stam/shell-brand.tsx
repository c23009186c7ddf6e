import { Mark } from './mark.tsx'

/** The sign and the name; a plain link, so that it also works where the router failed. */
export const brand = (
  <a className="ui-brand" href="/">
    <Mark />
    STAM
  </a>
)
