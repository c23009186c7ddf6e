export const STYLE = `
:root { --page: #f3f4f6; --sheet: #fff; --ink: #1c2330; --quiet: #5b6474; --line: #dde1e8; --accent: #3b5bdb; --picked: #e9edfb }
@media (prefers-color-scheme: dark) { :root { --page: #14171d; --sheet: #1c2129; --ink: #e8ebf1; --quiet: #a2abba; --line: #2d343f; --accent: #91a7ff; --picked: #252d40 } }
* { box-sizing: border-box; margin: 0 }
body { font: 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; background: var(--page); color: var(--ink); height: 100dvh; display: flex; flex-direction: column }
a { color: var(--accent) }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; padding: 14px 20px; border-bottom: 1px solid var(--line) }
h1 { font-size: 19px } h1 a { color: inherit; text-decoration: none }
header p { color: var(--quiet); font-size: 13px }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(280px, 360px) 1fr }
nav { border-right: 1px solid var(--line); overflow-y: auto; background: var(--sheet) }
section { overflow-y: auto; min-width: 0 }
.filter { display: flex; align-items: center; gap: 8px; padding: 12px 16px; border-bottom: 1px solid var(--line); font-size: 13px }
.filter label { white-space: nowrap; color: var(--quiet) }
.filter input { flex: 1; min-width: 0 }
.filter input, .filter button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: 9px 10px }
.filter button { cursor: pointer }
.list { list-style: none; padding: 0 }
.list a { display: grid; gap: 2px; padding: 12px 16px; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none }
.list a:hover, .list a[aria-current] { background: var(--picked) }
.list a[aria-current] { box-shadow: inset 3px 0 var(--accent) }
.subject { font-weight: 600; overflow-wrap: anywhere }
.who { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.when { color: var(--quiet); font-size: 13px }
.nothing { padding: 32px 20px; color: var(--quiet); text-align: center }
article { display: flex; flex-direction: column; gap: 14px; padding: 20px; min-height: 100% }
h2 { font-size: 20px; line-height: 1.25; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; font-size: 14px }
dt { color: var(--quiet) } dd { overflow-wrap: anywhere }
iframe { flex: 1; min-height: 460px; width: 100%; border: 1px solid var(--line); border-radius: 10px; background: #fff }
details { border: 1px solid var(--line); border-radius: 10px; background: var(--sheet) }
summary { padding: 12px 14px; cursor: pointer }
pre { padding: 0 14px 14px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace }
.back { display: none; align-self: start; padding: 8px 0 }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px }
@media (max-width: 720px) {
  header { padding: 12px 16px }
  main { grid-template-columns: 1fr }
  .at-list section, .at-mail nav { display: none }
  nav { border-right: 0 }
  article { padding: 12px 16px 20px }
  .back { display: block }
}`

/** Looks for new mail and shows the list anew; the open mail is left alone. */
export const SCRIPT = `
const ids = async () => (await (await fetch('/api/messages' + location.search)).json()).map((one) => one.id).join()
const list = (page) => page.querySelector('nav > :last-child')
let shown = null
setInterval(async () => {
  if (document.hidden) return
  const now = await ids().catch(() => shown)
  if (shown !== null && now !== shown) {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
    list(document).replaceWith(list(page))
  }
  shown = now
}, 1500)`
