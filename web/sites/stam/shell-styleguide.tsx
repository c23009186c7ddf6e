import { Styleguide } from '#web/styleguide/styleguide.tsx'
import { Mark } from './mark.tsx'

export function StyleguidePage() {
  return <Styleguide name="STAM" mark={<Mark />} />
}
