import type { ReceivedMail } from './fate.ts'
import { SCRIPT, STYLE } from './page-assets.ts'

/** The whole page: the list beside the open mail, or one of the two on a narrow screen. */
export function mailboxPage(mails: ReceivedMail[], open: ReceivedMail | null, to: string): string {
  const list = mails.length === 0 ? emptyList(to) : `<ol class="list">${mails.map((one) => row(one, open, to)).join('')}</ol>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${open === null ? 'Mailbox' : `${escape(open.subject)} · Mailbox`}</title>
<style>${STYLE}</style>
</head>
<body class="${open === null ? 'at-list' : 'at-mail'}">
<header>
<h1><a href="/">Mailbox</a></h1>
<p>Every mail of both sites lands here. Nothing leaves this machine.</p>
</header>
<main>
<nav aria-label="Mails">
<form class="filter" action="/" method="get">
<label for="to">Sent to</label>
<input id="to" name="to" type="search" inputmode="email" autocomplete="off" placeholder="anyone" value="${escape(to)}">
<button>Show</button>
</form>
${list}
</nav>
<section aria-label="Open mail">${open === null ? '<p class="nothing">Choose a mail to read it.</p>' : mailView(open, to)}</section>
</main>
<script>${SCRIPT}</script>
</body>
</html>`
}

function emptyList(to: string): string {
  const words =
    to === ''
      ? 'No mail yet. Sign in or buy something on one of the two sites, and it will appear here by itself.'
      : `No mail to ${escape(to)} yet.`
  return `<p class="nothing">${words}</p>`
}

function row(mail: ReceivedMail, open: ReceivedMail | null, to: string): string {
  const current = mail.id === open?.id ? ' aria-current="true"' : ''
  return `<li><a href="${linkTo(mail, to)}"${current}><span class="subject">${escape(mail.subject)}</span><span class="who">${escape(mail.to.join(', '))}</span><span class="when">${escape(senderName(mail))} · ${time(mail)}</span></a></li>`
}

function mailView(mail: ReceivedMail, to: string): string {
  const html =
    mail.html === null
      ? ''
      : `<iframe title="The mail as its reader sees it" src="/mails/${mail.id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>`
  const text =
    mail.text === null
      ? ''
      : `<details${mail.html === null ? ' open' : ''}><summary>Text version</summary><pre>${linked(mail.text)}</pre></details>`
  return `<article>
<a class="back" href="/${to === '' ? '' : `?to=${encodeURIComponent(to)}`}">← All mails</a>
<h2>${escape(mail.subject)}</h2>
<dl><dt>From</dt><dd>${escape(mail.from)}</dd><dt>To</dt><dd>${escape(mail.to.join(', '))}</dd><dt>Sent</dt><dd>${time(mail)}</dd></dl>
${html}${text}
</article>`
}

/** A mail's own HTML for the frame. Links open beside the mailbox, so that the mail stays in sight. */
export function mailHtml(mail: ReceivedMail): string {
  const html = mail.html ?? ''
  const base = '<base target="_blank">'
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html
}

const linkTo = (mail: ReceivedMail, to: string): string => `/mails/${mail.id}${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`

const senderName = (mail: ReceivedMail): string => mail.from.replace(/\s*<[^>]*>$/, '').replaceAll('"', '')

const time = (mail: ReceivedMail): string =>
  `<time datetime="${mail.createdAt}">${mail.createdAt.slice(0, 16).replace('T', ' ')} UTC</time>`

const linked = (text: string): string =>
  escape(text).replaceAll(/https?:\/\/[^\s<>"]+/g, (url) => `<a href="${url}" target="_blank" rel="noopener">${url}</a>`)

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
