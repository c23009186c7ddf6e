import { useState } from 'react'
import * as m from '#web/i18n/paraglide/messages.js'
import { Card } from '#web/ui/card.tsx'
import { Checkbox, RadioGroup, Switch } from '#web/ui/choice.tsx'
import { CodeInput } from '#web/ui/code-input.tsx'
import { Field } from '#web/ui/field.tsx'
import { formatCountry } from '#web/ui/format.ts'
import { EmailInput, Select, Textarea, TextInput } from '#web/ui/inputs.tsx'

const countries = ['FR', 'BE', 'CH', 'LU', 'DE']

export function FieldSection() {
  const [code, setCode] = useState('4821')
  const [plan, setPlan] = useState('month')
  return (
    <Card title={m.styleguide_fields()} id="fields">
      <div className="ui-grid ui-grid--wide">
        <Field label={m.styleguide_name()}>
          <TextInput autoComplete="name" defaultValue="Léa Fontaine" />
        </Field>
        <Field label={m.styleguide_email()} hint={m.styleguide_email_hint()}>
          <EmailInput />
        </Field>
        <Field label={m.styleguide_email()} error={m.styleguide_email_error()}>
          <EmailInput defaultValue="lea@" />
        </Field>
        <Field label={m.styleguide_country()}>
          <Select options={countries.map((value) => ({ value, label: formatCountry(value) }))} />
        </Field>
        <Field label={m.styleguide_message()} optional>
          <Textarea />
        </Field>
        <Field label={m.styleguide_code()} hint={m.styleguide_code_hint()}>
          <CodeInput value={code} onValue={setCode} />
        </Field>
        <Field label={m.styleguide_locked()}>
          <TextInput disabled defaultValue="WEOKTO-2026-0042" />
        </Field>
        <RadioGroup
          legend={m.styleguide_plan()}
          name="plan"
          cards
          value={plan}
          onValue={setPlan}
          options={[
            { value: 'month', label: m.styleguide_plan_month(), hint: m.styleguide_plan_month_hint() },
            { value: 'year', label: m.styleguide_plan_year(), hint: m.styleguide_plan_year_hint() },
          ]}
        />
        <div>
          <Checkbox label={m.styleguide_terms()} />
          <Checkbox label={m.styleguide_terms()} error={m.styleguide_terms_error()} />
          <Switch label={m.styleguide_notify()} hint={m.styleguide_notify_hint()} defaultChecked />
          <Switch label={m.styleguide_disabled()} disabled />
        </div>
      </div>
    </Card>
  )
}
