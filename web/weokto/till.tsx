import { TillFrame } from '#web/checkout/till-frame.tsx'
import { Mark } from './mark.tsx'

export function Till() {
  return <TillFrame mark={<Mark />} name="WEOKTO" />
}
