const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}

/**
 * What is pasted into a landing page. The script carries the click to the checkout; the plain address
 * in `href` sells where scripts do not run.
 */
export function snippetOf(origin: string, buttonKey: string, text: string): string {
  const address = `${origin}/pay/${encodeURIComponent(buttonKey)}`
  return [
    `<script src="${origin}/pay.js" async></script>`,
    `<a data-weokto-button="${escaped(buttonKey)}" href="${escaped(address)}">${escaped(text)}</a>`,
  ].join('\n')
}
