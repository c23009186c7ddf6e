import * as m from '#web/i18n/paraglide/messages.js'

type LocaleSwitchProps<L extends string> = {
  locales: ReadonlyArray<{ locale: L; short: string; name: string }>
  current: L
  /** Absent where no program is at work yet that could change it. */
  onLocale?: (locale: L) => void
}

/** Each language under its own name, so that one finds one's own without reading the other. */
export function LocaleSwitch<L extends string>({ locales, current, onLocale }: LocaleSwitchProps<L>) {
  return (
    <fieldset className="ui-locale">
      <legend className="ui-hidden">{m.base_language()}</legend>
      {locales.map(({ locale, short, name }) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          disabled={onLocale === undefined}
          onClick={() => onLocale?.(locale)}
        >
          {short}
          <span className="ui-hidden"> {name}</span>
        </button>
      ))}
    </fieldset>
  )
}
