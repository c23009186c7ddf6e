/**
 * The static secret that we choose for each attempt and that the vault sends back in `X-PCIVault-Webhook-Secret`. Only its
 * hash is stored, so a copy of the database lets nobody speak as the vault.
 */

/** SHA-256 in lower-case hex, as it is stored. */
export async function hashWebhookSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Compares without telling by its duration how much was right. */
export async function webhookSecretMatches(given: string, storedHash: string): Promise<boolean> {
  const hash = await hashWebhookSecret(given)
  let difference = hash.length ^ storedHash.length
  for (let i = 0; i < hash.length; i += 1) difference |= hash.charCodeAt(i) ^ storedHash.charCodeAt(i % Math.max(1, storedHash.length))
  return difference === 0
}
