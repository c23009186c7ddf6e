import { Button } from '#web/ui/button.tsx'

export function StyleguideScreen() {
  return <main id="main"><Button look="primary">OK</Button></main>
}
