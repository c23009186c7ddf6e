import { newId } from '#db/id.ts'
import type { HiddenCard } from './cards.ts'
import type { Asking, Signed, World } from './world.ts'

/** How a number may come in: each makes a request that would be right but for the number in it. */
export type Carrier = (w: World, signed: Signed, card: HiddenCard) => Asking

const JSON_TYPE = { 'content-type': 'application/json' }
const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE): Asking => ({ method: 'POST', path, headers, body })

/** In what is looked at before anything else of a request. */
export const CARRIERS: Readonly<Record<string, Carrier>> = {
  'a query': (_w, _signed, { text }) => ({ method: 'GET', path: `/api/showcase?q=${encodeURIComponent(text)}` }),
  'a link’s query': (w, _signed, { text }) => ({ method: 'GET', path: `/r/${w.sold('buyer').linkCode}?sub=${encodeURIComponent(text)}` }),
  'a path': (_w, _signed, { text }) => ({ method: 'GET', path: `/api/pay/${encodeURIComponent(text)}` }),
  'a link’s path': (_w, _signed, { text }) => ({ method: 'GET', path: `/r/${encodeURIComponent(text)}` }),
  'a link’s target': (w, _signed, { text }) => ({ method: 'GET', path: `/r/${w.sold('buyer').linkCode}?to=/${encodeURIComponent(text)}` }),
  'a click’s referrer': (w, _signed, { text }) => ({
    method: 'GET',
    path: `/r/${w.sold('buyer').linkCode}`,
    headers: { referer: `https://example.com/?card=${text}` },
  }),
  'a click’s browser': (w, _signed, { text }) => ({
    method: 'GET',
    path: `/r/${w.sold('buyer').linkCode}`,
    headers: { 'user-agent': `Mozilla (${text})` },
  }),
  'a file’s path': (_w, _signed, { text }) => ({ method: 'GET', path: `/assets/${encodeURIComponent(text)}.js` }),
  'a webhook’s path': (_w, _signed, { text }) => post(`/webhooks/pci-vault/capture/${encodeURIComponent(text)}`, '{}'),
  'a page’s path': (_w, _signed, { text }) => ({ method: 'GET', path: `/l/${encodeURIComponent(text)}` }),
  'the referrer': (_w, _signed, { text }) => ({
    method: 'GET',
    path: '/api/me',
    headers: { referer: `https://example.com/?card=${text}` },
  }),
  'the browser’s name': (_w, _signed, { text }) => post('/api/sign-in', '{"email":"a@people.test"}', { ...JSON_TYPE, 'user-agent': text }),
  'a header': (_w, _signed, { text }) => ({ method: 'GET', path: '/api/me', headers: { 'x-note': text } }),
}

/** In bodies, where a number can be written in any character. */
export const BODY_CARRIERS: Readonly<Record<string, Carrier>> = {
  'a chat message': (w, _signed, { text }) =>
    post(`/api/channels/${w.chat('buyer').channelId}/messages`, JSON.stringify({ clientId: newId(), content: text })),
  'a field': (_w, _signed, { text }) => post('/api/checkouts', JSON.stringify({ buttonKey: text, email: 'a@people.test', country: 'FR' })),
  'a field that nobody asked for': (_w, _signed, { text }) =>
    post('/api/sign-in', JSON.stringify({ email: 'a@people.test', notes: { deep: [{ text }] } })),
  'a link’s label': (_w, _signed, { text }) => post('/api/links', JSON.stringify({ productId: newId(), label: text })),
  'where to go on after signing in': (_w, _signed, { text }) =>
    post('/api/sign-in', JSON.stringify({ email: 'a@people.test', next: `/${text}` })),
  'a key': (_w, _signed, { text }) => post('/api/sign-in', JSON.stringify({ email: 'a@people.test', [text]: 1 })),
  'a form': (_w, _signed, { text }) =>
    post('/api/sign-in', new URLSearchParams({ email: text }).toString(), { 'content-type': 'application/x-www-form-urlencoded' }),
  'plain text': (_w, _signed, { text }) => post('/api/nowhere', text, { 'content-type': 'text/plain' }),
}

/** Machines' messages without a proof: refused for that, whatever they hold. */
export const UNPROVEN_CARRIERS: Readonly<Record<string, Carrier>> = {
  'the capture webhook': (w, _signed, { text }) =>
    post(`/webhooks/pci-vault/capture/${w.sold('buyer').captureId}`, JSON.stringify({ metadata: {}, token_info: { safe_data: text } })),
  'the charge webhook': (w, _signed, { text }) =>
    post(`/webhooks/pci-vault/charge/${w.sold('buyer').attemptId}`, JSON.stringify({ status: 200, body: JSON.stringify({ card: text }) })),
  'the processor’s webhook': (_w, _signed, { text }) =>
    post('/webhooks/processor', JSON.stringify({ data: { object: { description: text } } }), { 'stripe-signature': 't=1,v1=0' }),
}
