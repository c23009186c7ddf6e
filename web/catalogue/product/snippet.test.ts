import { expect, test } from 'vitest'
import { snippetOf } from './snippet.ts'

test('a snippet joins the button to its checkout and lets no text break out of it', () => {
  expect(snippetOf('https://be-stam.com', 'cercle', 'S’inscrire <maintenant> & "vite"')).toBe(
    '<script src="https://be-stam.com/pay.js" async></script>\n' +
      '<a data-weokto-button="cercle" href="https://be-stam.com/pay/cercle">S’inscrire &lt;maintenant&gt; &amp; &quot;vite&quot;</a>',
  )
})
