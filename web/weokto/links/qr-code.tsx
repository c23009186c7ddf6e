import { useMemo } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { pngOf, qrOf, save, svgOf } from './qr.ts'

/** Black on white whatever the page's colours: a reader needs the contrast. */
export function QrCode({ url, code }: { url: string; code: string }) {
  const qr = useMemo(() => qrOf(url), [url])
  return (
    <div className="qr">
      <p className="ui-field__label">{m.affiliate_share_qr()}</p>
      <svg className="qr__code" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={m.affiliate_share_qr_alt({ url })}>
        <path d={qr.path} />
      </svg>
      <div className="ui-row">
        <Button size="small" onClick={() => save(new Blob([svgOf(qr)], { type: 'image/svg+xml' }), `${code}.svg`)}>
          {m.affiliate_share_svg()}
        </Button>
        <Button size="small" onClick={async () => save(await pngOf(qr), `${code}.png`)}>
          {m.affiliate_share_png()}
        </Button>
      </div>
    </div>
  )
}
