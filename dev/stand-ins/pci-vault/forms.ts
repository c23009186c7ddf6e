import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { FORM_ID_FIELD } from '#api/adapters/pci-vault/dialect.ts'
import { json, jsonOrNull, type Asked, type Told } from '#dev/stand-ins/shared/serve.ts'
import { formShape } from './form-settings.ts'
import { failure, type Vault } from './vault.ts'

/** POST /v1/capture/iframe: made once, named by its id ever after. */
export function createForm(vault: Vault, asked: Asked): Told {
  const wish = formShape.safeParse(jsonOrNull(asked.body))
  if (!wish.success) return failure(400, z.prettifyError(wish.error))
  const { [FORM_ID_FIELD]: id = randomBytes(9).toString('base64url'), ...form } = wish.data
  if (vault.forms.has(id)) return failure(409, 'a form of this id exists')
  vault.forms.set(id, form)
  return json(200, { id })
}

/** DELETE /v1/capture/iframe/{id} */
export function deleteForm(vault: Vault, id: string): Told {
  return vault.forms.delete(id) ? json(200, { deleted: true }) : failure(404, 'not found')
}
