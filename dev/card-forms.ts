import { makeCardForms } from './deploy/card-forms.ts'
import { PlainError, sentenceOf } from './plain-error.ts'

/** `node dev/card-forms.ts`: makes the hosted card forms at the vault that the environment names, and prints the Worker's `PCI_VAULT_FORMS`. */
async function main(): Promise<void> {
  const { PCI_VAULT_BASE_URL: baseUrl, PCI_VAULT_USERNAME: username, PCI_VAULT_PASSWORD: password } = process.env
  if (!baseUrl || !username || !password) throw new PlainError('PCI_VAULT_BASE_URL, PCI_VAULT_USERNAME and PCI_VAULT_PASSWORD are needed.')
  process.stdout.write(`PCI_VAULT_FORMS=${await makeCardForms({ baseUrl, username, password })}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 1
})
