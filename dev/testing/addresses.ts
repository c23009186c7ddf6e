import { DEFAULT_POLICY } from '#domain/base/policy.ts'
import { isAskedInPassing } from '#api/selling/checkout/asked-in-passing.ts'

/** A new address that begins with this name and is, or is not, one of those that are asked for a code although nobody knows them. */
async function addressOf(name: string, codeSecret: string, asked: boolean): Promise<string> {
  for (let n = 0; ; n++) {
    const email = `${name}-${n}@buyers.test`
    if ((await isAskedInPassing(codeSecret, email, DEFAULT_POLICY.checkout.codeForOneIn)) === asked) return email
  }
}

/** For what only a buyer who never proved the address goes through. */
export const unaskedAddress = (name: string, codeSecret: string): Promise<string> => addressOf(name, codeSecret, false)
export const askedAddress = (name: string, codeSecret: string): Promise<string> => addressOf(name, codeSecret, true)
