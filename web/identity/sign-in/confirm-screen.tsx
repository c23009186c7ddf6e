import './sign-in.css'
import { useLocation } from '@tanstack/react-router'
import { ApiError, messageOf } from '#web/data/api-error.ts'
import { useChange } from '#web/data/mutation.ts'
import { confirmSignIn } from '#web/data/sign-in.ts'
import { ButtonLink } from '#web/shell/links.tsx'
import * as m from '#web/i18n/paraglide/messages.js'
import { Button } from '#web/ui/button.tsx'
import { Card } from '#web/ui/card.tsx'
import { PageHeader, usePageTitle } from '#web/ui/page-header.tsx'
import { EmptyState, Notice } from '#web/ui/states.tsx'
import { CodeForm } from './code-form.tsx'
import { useSignedIn } from './use-signed-in.ts'

/** Where the mailed link leads. The token stands in the fragment, which no server and no previewer is sent. */
export function ConfirmScreen() {
  const token = new URLSearchParams(useLocation().hash).get('token')
  return <div className="sign-in">{token ? <Confirm token={token} /> : <BrokenLink />}</div>
}

/** Loading this page spends nothing: a mail program that opens every link must not use it up. It takes a click. */
function Confirm({ token }: { token: string }) {
  const signedIn = useSignedIn()
  const confirm = useChange(confirmSignIn, { onDone: signedIn })
  if (confirm.error instanceof ApiError && confirm.error.code === 'code_needed') return <OtherBrowser token={token} />
  return (
    <>
      <PageHeader title={m.identity_signin_confirm_title()} lead={m.identity_signin_confirm_text()} />
      <Card>
        <div className="ui-stack">
          {confirm.error && <Notice tone="danger">{messageOf(confirm.error)}</Notice>}
          {isSpent(confirm.error) ? (
            <AskAgain />
          ) : (
            <Button
              look="primary"
              size="large"
              block
              busy={confirm.isPending || confirm.isSuccess}
              onClick={() => confirm.mutate({ token })}
            >
              {m.identity_signin_confirm()}
            </Button>
          )}
        </div>
      </Card>
    </>
  )
}

/** The link alone proves too little in a browser that did not ask for it: the code of the same mail goes with it. */
function OtherBrowser({ token }: { token: string }) {
  const confirm = useChange(confirmSignIn, { onDone: useSignedIn() })
  return (
    <>
      <PageHeader title={m.identity_signin_other_browser_title()} lead={m.identity_signin_other_browser_text()} />
      <Card>
        <div className="ui-stack">
          <CodeForm submitLabel={m.identity_signin_confirm()} onCode={(code) => confirm.mutateAsync({ token, code })} />
          <AskAgain />
        </div>
      </Card>
    </>
  )
}

function isSpent(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 'link_expired'
}

function AskAgain() {
  return (
    <ButtonLink to="/sign-in" look="quiet" icon="mail" block>
      {m.identity_signin_ask_again()}
    </ButtonLink>
  )
}

function BrokenLink() {
  usePageTitle(m.identity_signin_link_broken())
  return (
    <>
      <h1 className="ui-hidden">{m.identity_signin_confirm_title()}</h1>
      <EmptyState icon="link" title={m.identity_signin_link_broken()} action={<AskAgain />}>
        {m.identity_signin_link_broken_text()}
      </EmptyState>
    </>
  )
}
