import type { Locale, Platform } from '#domain/base/enums.ts'
import { frenchSpaces } from '#domain/base/typography.ts'
import type { MailContent } from '#api/adapters/mail/port.ts'
import { MAIL_THEMES, type MailTheme } from './theme.ts'

/** A mail is a list of these; the HTML and the text part are both made from it, so they cannot say different things. */
type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'quiet'; text: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'code'; label: string; code: string }
  | { kind: 'rows'; rows: readonly (readonly [string, string])[] }

export type MailTemplate = { platform: Platform; locale: Locale; subject: string; preview: string; blocks: readonly Block[] }

/** Renders a mail. Every text is escaped here and nowhere else, so callers pass plain text. */
export function renderMail(mail: MailTemplate): MailContent {
  const theme = MAIL_THEMES[mail.platform]
  const speak = mail.locale === 'fr' ? frenchSpaces : (text: string): string => text
  const subject = speak(mail.subject)
  const html = page(theme, mail.locale, subject, speak(mail.preview), mail.blocks.map((block) => htmlOf(theme, block, speak)).join('\n'))
  const text = [subject, '', ...mail.blocks.map((block) => textOf(block, speak, mail.locale)), '--', theme.name]
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
  return { subject, html, text: `${text}\n` }
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

type Speak = (text: string) => string

function htmlOf(theme: MailTheme, block: Block, speak: Speak): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px;font-size:16px;line-height:24px;color:${theme.ink}">${escapeHtml(speak(block.text))}</p>`
    case 'quiet':
      return `<p style="margin:0 0 12px;font-size:14px;line-height:21px;color:${theme.quiet}">${escapeHtml(speak(block.text))}</p>`
    case 'button':
      return `<p style="margin:8px 0 24px"><a href="${escapeHtml(webAddress(block.url))}" style="display:inline-block;padding:14px 24px;border-radius:${theme.radius};background:${theme.accent};color:${theme.onAccent};font-size:16px;line-height:20px;font-weight:700;text-decoration:none">${escapeHtml(speak(block.label))}</a></p>`
    case 'link':
      return `<p style="margin:8px 0 0;font-size:16px;line-height:24px"><a href="${escapeHtml(webAddress(block.url))}" style="color:${theme.accent};text-decoration:underline">${escapeHtml(speak(block.label))}</a></p>`
    case 'code':
      return `<p style="margin:0 0 8px;font-size:16px;line-height:24px;color:${theme.ink}">${escapeHtml(speak(block.label))}</p>
<p style="margin:0 0 24px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:32px;line-height:40px;font-weight:700;letter-spacing:6px;color:${theme.ink}">${escapeHtml(block.code)}</p>`
    case 'rows':
      break
  }
  return `<table style="width:100%;border-collapse:collapse;margin:0 0 24px">${block.rows.map((row) => rowHtml(theme, row, speak)).join('')}</table>`
}

function rowHtml(theme: MailTheme, [label, value]: readonly [string, string], speak: Speak): string {
  const cell = `padding:10px 0;border-bottom:1px solid ${theme.line};font-size:15px;line-height:22px;vertical-align:top`
  return `<tr><th scope="row" style="${cell};text-align:left;font-weight:400;color:${theme.quiet};padding-right:16px">${escapeHtml(speak(label))}</th><td style="${cell};text-align:right;color:${theme.ink}">${escapeHtml(speak(value))}</td></tr>`
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

function page(theme: MailTheme, locale: Locale, subject: string, preview: string, content: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="${theme.scheme}">
<meta name="supported-color-schemes" content="${theme.scheme}">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:${theme.page};font-family:${theme.font}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<table role="presentation" width="100%" style="border-collapse:collapse;background:${theme.page}"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" style="max-width:520px;border-collapse:separate;background:${theme.sheet};border:1px solid ${theme.line};border-radius:${theme.radius}"><tr><td style="padding:32px 24px;text-align:left">
<p style="margin:0 0 24px;font-size:14px;line-height:20px;font-weight:700;letter-spacing:2px;color:${theme.accent}">${theme.name}</p>
<h1 style="margin:0 0 16px;font-size:24px;line-height:32px;color:${theme.ink}">${escapeHtml(subject)}</h1>
${content}
</td></tr></table>
</td></tr></table>
</body>
</html>
`
}

/** A link in a mail is a web address or our own mistake; `javascript:` must never come this far. */
function webAddress(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new TypeError('A link in a mail must be a web address.')
  return new URL(url).toString()
}
