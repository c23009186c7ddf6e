import type { Locale, Platform } from '#domain/base/enums.ts'
import { frenchSpaces } from '#domain/base/typography.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import { FACES, type Face } from './theme.ts'

/** A letter is a list of these; the HTML and the text part are both made from it, so they cannot say different things. */
type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'quiet'; text: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'code'; label: string; code: string }
  | { kind: 'rows'; rows: readonly (readonly [string, string])[] }

export type Letter = { platform: Platform; locale: Locale; subject: string; preview: string; blocks: readonly Block[] }

/** Renders a letter. Every text is escaped here and nowhere else, so callers pass plain text. */
export function writeLetter(letter: Letter): MailContent {
  const face = FACES[letter.platform]
  const speak = letter.locale === 'fr' ? frenchSpaces : (text: string): string => text
  const subject = speak(letter.subject)
  const html = page(
    face,
    letter.locale,
    subject,
    speak(letter.preview),
    letter.blocks.map((block) => htmlOf(face, block, speak)).join('\n'),
  )
  const text = [subject, '', ...letter.blocks.map((block) => textOf(block, speak, letter.locale)), '--', face.name]
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
  return { subject, html, text: `${text}\n` }
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

type Speak = (text: string) => string

function htmlOf(face: Face, block: Block, speak: Speak): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px;font-size:16px;line-height:24px;color:${face.ink}">${escapeHtml(speak(block.text))}</p>`
    case 'quiet':
      return `<p style="margin:0 0 12px;font-size:14px;line-height:21px;color:${face.quiet}">${escapeHtml(speak(block.text))}</p>`
    case 'button':
      return `<p style="margin:8px 0 24px"><a href="${escapeHtml(webAddress(block.url))}" style="display:inline-block;padding:14px 24px;border-radius:${face.radius};background:${face.accent};color:${face.onAccent};font-size:16px;line-height:20px;font-weight:700;text-decoration:none">${escapeHtml(speak(block.label))}</a></p>`
    case 'link':
      return `<p style="margin:8px 0 0;font-size:16px;line-height:24px"><a href="${escapeHtml(webAddress(block.url))}" style="color:${face.accent};text-decoration:underline">${escapeHtml(speak(block.label))}</a></p>`
    case 'code':
      return `<p style="margin:0 0 8px;font-size:16px;line-height:24px;color:${face.ink}">${escapeHtml(speak(block.label))}</p>
<p style="margin:0 0 24px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:32px;line-height:40px;font-weight:700;letter-spacing:6px;color:${face.ink}">${escapeHtml(block.code)}</p>`
    case 'rows':
      break
  }
  return `<table style="width:100%;border-collapse:collapse;margin:0 0 24px">${block.rows.map((row) => rowHtml(face, row, speak)).join('')}</table>`
}

function rowHtml(face: Face, [label, value]: readonly [string, string], speak: Speak): string {
  const cell = `padding:10px 0;border-bottom:1px solid ${face.line};font-size:15px;line-height:22px;vertical-align:top`
  return `<tr><th scope="row" style="${cell};text-align:left;font-weight:400;color:${face.quiet};padding-right:16px">${escapeHtml(speak(label))}</th><td style="${cell};text-align:right;color:${face.ink}">${escapeHtml(speak(value))}</td></tr>`
}

function textOf(block: Block, speak: Speak, locale: Locale): string {
  switch (block.kind) {
    case 'paragraph':
    case 'quiet':
      return speak(block.text)
    case 'button':
    case 'link':
      return `${speak(block.label)}\n${webAddress(block.url)}`
    case 'code':
      return `${speak(block.label)}\n\n    ${block.code}`
    case 'rows':
      break
  }
  const colon = locale === 'fr' ? ' :' : ':'
  return block.rows.map(([label, value]) => speak(`${label}${colon} ${value}`)).join('\n')
}

function page(face: Face, locale: Locale, subject: string, preview: string, content: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="${face.scheme}">
<meta name="supported-color-schemes" content="${face.scheme}">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:${face.page};font-family:${face.font}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<table role="presentation" width="100%" style="border-collapse:collapse;background:${face.page}"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" style="max-width:520px;border-collapse:separate;background:${face.sheet};border:1px solid ${face.line};border-radius:${face.radius}"><tr><td style="padding:32px 24px;text-align:left">
<p style="margin:0 0 24px;font-size:14px;line-height:20px;font-weight:700;letter-spacing:2px;color:${face.accent}">${face.name}</p>
<h1 style="margin:0 0 16px;font-size:24px;line-height:32px;color:${face.ink}">${escapeHtml(subject)}</h1>
${content}
</td></tr></table>
</td></tr></table>
</body>
</html>
`
}

/** A link in a letter is a web address or our own mistake; `javascript:` must never come this far. */
function webAddress(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new TypeError('A link in a letter must be a web address.')
  return new URL(url).toString()
}
