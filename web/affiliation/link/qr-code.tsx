import { useMemo } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { pngOf, qrOf, save, svgOf } from './qr.ts'

/** Black on white whatever the page's colours: a reader needs the contrast. */
export function QrCode({ url, code }: { url: string; code: string }) {
  const qr = useMemo(() => qrOf(url), [url])
  const svg = svgOf(qr)
  return (
    <div className="qr">
      <p className="ui-field__label">{m.affiliation_share_qr()}</p>
      <img className="qr__code" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={m.affiliation_share_qr_alt({ url })} />
      <div className="ui-row">
        <Button size="small" onClick={() => save(new Blob([svg], { type: 'image/svg+xml' }), `${code}.svg`)}>
          {m.affiliation_share_svg()}
        </Button>
        <Button size="small" onClick={async () => save(await pngOf(qr), `${code}.png`)}>
          {m.affiliation_share_png()}
        </Button>
      </div>
    </div>
  )
}
