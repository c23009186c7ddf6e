/**
 * What a hashed file below /assets/ is served with. Where a platform serves files without the app, the build writes the same lines for it
 * (`_headers`): a file is kept for ever, is never taken for another type, and is no other site's to load.
 */
export const ASSET_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}

/** The one script that pages of other sites load (a payment button may stand anywhere). Its name stays, so a change of it must arrive soon. */
export const PAY_SCRIPT = '/pay.js'
export const PAY_SCRIPT_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'public, max-age=300',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
}
