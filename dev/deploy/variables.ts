/** What every program needs of the machine it runs on, and nothing that is a secret of ours. Windows spells some of its own in its own way. */
const OF_THE_MACHINE =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TERM|TZ|TMPDIR|TEMP|TMP|XDG_\w+|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|APPDATA|LOCALAPPDATA|USERPROFILE|SYSTEMROOT|COMSPEC|PATHEXT|PROGRAMDATA)$/i

/** The Worker's own: wrangler reads nothing else of ours. The base URL is Cloudflare's own variable for another address of its interface. */
export const OF_WRANGLER = ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_BASE_URL'] as const

type Environment = Readonly<Record<string, string | undefined>>

/** Nobody is asked anything, and wrangler speaks with nobody but the interface that it was given. */
const QUIET = { CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_SEND_ERROR_REPORTS: 'false', WRANGLER_HIDE_BANNER: 'true' }

/** The environment of one step: the machine's, and of ours only the variables that it needs. A step that is taken over gets nothing of the others. */
export function ownVariables(env: Environment, names: readonly string[]): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => OF_THE_MACHINE.test(name) || names.includes(name))
  return { ...Object.fromEntries(kept), ...QUIET }
}
