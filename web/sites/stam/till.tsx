import { TillFrame } from '#web/selling/checkout/till-frame.tsx'
import { Mark } from './mark.tsx'

export function Till() {
  return <TillFrame mark={<Mark />} name="STAM" />
}
