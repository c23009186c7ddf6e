import * as m from '#web/i18n/paraglide/messages.js'

/** First in the tab order: over the navigation, straight to what changed. */
export function SkipLink({ target = 'main' }: { target?: string }) {
  return (
    <a className="ui-skip" href={`#${target}`}>
      {m.base_skip()}
    </a>
  )
}
