import { useState } from 'react'
import type { OwnLink } from '#web/data/links.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { CopyButton } from '#web/ui/copy-button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Field } from '#web/ui/field.tsx'
import { Textarea, TextInput } from '#web/ui/inputs.tsx'
import { linkName } from './link-card.tsx'
import { QrCode } from './qr-code.tsx'
import { addressWith, announcesAd, shareText } from './share-text.ts'

type ShareDialogProps = { link: OwnLink | undefined; sub: string; onClose: () => void }

export function ShareDialog({ link, sub, onClose }: ShareDialogProps) {
  return (
    <Dialog open={link !== undefined} onClose={onClose} title={link ? m.affiliation_share_title({ name: linkName(link) }) : ''} wide>
      {link && <ShareSheet key={link.id} link={link} sub={sub} />}
    </Dialog>
  )
}

function ShareSheet({ link, sub: firstSub }: { link: OwnLink; sub: string }) {
  const [sub, setSub] = useState(firstSub)
  const [own, setOwn] = useState<string | null>(null)
  const url = addressWith(link.url, sub)
  // Until it is rewritten, the text follows the address.
  const text = own ?? shareText(link.productName ?? link.communityName, url)
  const announced = announcesAd(text)
  return (
    <div className="share">
      <div className="ui-stack">
        <Field label={m.affiliation_form_sub()} hint={m.affiliation_form_sub_hint()} optional>
          <TextInput value={sub} maxLength={100} onChange={(event) => setSub(event.target.value)} />
        </Field>
        <div>
          <p className="ui-field__label">{m.affiliation_share_address()}</p>
          <p className="wk-address">{url}</p>
        </div>
        <div className="ui-row">
          <CopyButton text={url} label={m.affiliation_share_copy_address()} look="primary" />
        </div>
        <Field
          label={m.affiliation_share_text()}
          hint={m.affiliation_share_text_hint()}
          error={announced ? undefined : m.affiliation_share_text_wrong()}
          required={false}
        >
          <Textarea rows={4} value={text} onChange={(event) => setOwn(event.target.value)} />
        </Field>
        {announced && (
          <div className="ui-row">
            <CopyButton text={text} label={m.affiliation_share_copy_text()} />
            <NativeShare text={text} />
          </div>
        )}
      </div>
      <QrCode url={url} code={link.code} />
    </div>
  )
}

/** The phone's own sheet of apps, where there is one. */
function NativeShare({ text }: { text: string }) {
  if (!('share' in navigator)) return null
  async function share() {
    // Closing the sheet without choosing is no failure.
    await navigator.share({ text }).catch(() => undefined)
  }
  return (
    <Button icon="send" onClick={share}>
      {m.affiliation_share_native()}
    </Button>
  )
}
