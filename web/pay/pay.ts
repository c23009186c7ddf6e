/**
 * pay.js: joins the payment buttons of a hand-coded page to the checkout.
 *
 *   <script src="https://be-stam.com/pay.js" async></script>
 *   <a data-weokto-button="atelier-levain-mensuel" href="https://be-stam.com/pay/atelier-levain-mensuel">Je m’inscris</a>
 *
 * The checkout is on the origin that served this file. The click token of the page's own address (?ck=)
 * is carried to the checkout and to the other pages of this site in their addresses: nothing is stored
 * or read on the visitor's device. Without JavaScript the plain href works, without the token only.
 */
;(() => {
  const TOKEN = 'ck'
  const BUTTON = 'a[data-weokto-button]'

  function ownOrigin(): string {
    const { currentScript } = document
    return currentScript instanceof HTMLScriptElement ? new URL(currentScript.src, location.href).origin : location.origin
  }

  function start(origin: string, token: string | null) {
    function point(anchor: HTMLAnchorElement) {
      const key = anchor.dataset['weoktoButton']?.trim()
      if (key) anchor.href = new URL(`/pay/${encodeURIComponent(key)}`, origin).href
      if (!token || !/^https?:$/.test(anchor.protocol)) return
      if (anchor.origin !== location.origin && anchor.origin !== origin) return
      const url = new URL(anchor.href)
      // A link to a place within this page stays what it is: the address already carries the token.
      const isHere = !key && url.pathname === location.pathname && url.hash !== ''
      if (isHere || url.searchParams.has(TOKEN)) return
      url.searchParams.set(TOKEN, token)
      anchor.href = url.href
    }
    const pointAll = () => document.querySelectorAll<HTMLAnchorElement>(`${BUTTON},a[href]`).forEach(point)

    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', pointAll)
    else pointAll()
    // Buttons that the page adds later are put right at the moment somebody reaches for them.
    for (const type of ['pointerdown', 'focusin', 'click']) {
      document.addEventListener(
        type,
        (event) => {
          const anchor = event.target instanceof Element ? event.target.closest('a') : null
          if (anchor) point(anchor)
        },
        true,
      )
    }
  }

  start(ownOrigin(), new URLSearchParams(location.search).get(TOKEN))
})()
