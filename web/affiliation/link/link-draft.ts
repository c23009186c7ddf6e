import { CreateLink, linkCode } from '#domain/affiliation/link.ts'
import { safePath } from '#domain/base/origin.ts'
import { productWithin } from '#web/affiliation/words.ts'
import { ApiError } from '#web/data/api-error.ts'
import type { NewLink } from '#web/data/links.ts'
import type { Offered } from '#web/data/products.ts'
import * as m from '#web/i18n/paraglide/messages.js'
import type { Option } from '#web/ui/inputs.tsx'

/** A link as it is being written: everything a text. */
export type LinkTexts = { label: string; campaign: string; toPath: string }
export type LinkDraft = LinkTexts & { target: string; code: string; sub: string }

export const noDraft: LinkDraft = { target: '', label: '', campaign: '', toPath: '', code: '', sub: '' }

/** Every product that pays, then the communities they belong to. */
export function targetOptions(products: readonly Offered[]): Option[] {
  const communities = new Map(products.map(({ communityId, communityName }) => [communityId, communityName]))
  return [
    ...products.map(({ id, name, communityName }) => ({
      value: `product:${id}`,
      label: productWithin(name, communityName),
    })),
    ...[...communities].map(([id, community]) => ({ value: `community:${id}`, label: m.affiliation_form_target_community({ community }) })),
  ]
}

/** What the reader can put right before anything is sent: by the same rules as the API. */
export function problemsIn({ toPath, code }: Pick<LinkDraft, 'toPath' | 'code'>): Record<string, string> {
  const problems: Record<string, string> = {}
  if (toPath.trim() !== '' && safePath(toPath.trim()) === null) problems['toPath'] = m.affiliation_form_path_wrong()
  if (code.trim() !== '' && !linkCode.safeParse(code).success) problems['code'] = m.affiliation_form_code_wrong()
  return problems
}

/** What a refusal says of the fields that stand in the form; what it says besides is for the whole form to say. */
export function fieldProblems(error: unknown, shown: readonly string[]): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {}
  return Object.fromEntries(Object.entries(error.fields).filter(([field]) => shown.includes(field)))
}

/** The input of the API: what was left empty is not sent. */
export function newLinkOf({ target, label, campaign, toPath, code }: LinkDraft): NewLink {
  const [kind, id] = target.split(':')
  const given = Object.entries({ label, campaign, toPath, code }).map(([key, text]) => [key, text.trim()] as const)
  return CreateLink.parse({
    ...(kind === 'community' ? { communityId: id } : { productId: id }),
    ...Object.fromEntries(given.filter(([, text]) => text !== '')),
  })
}
