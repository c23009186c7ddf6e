import * as m from '#web/i18n/paraglide/messages.js'
import { BarChart } from '#web/ui/bar-chart.tsx'
import { Card } from '#web/ui/card.tsx'
import { formatEuros, formatMoney, formatShortDay } from '#web/ui/format.ts'
import { formatNumber } from '#web/ui/number-format.ts'
import { LineChart } from '#web/ui/line-chart.tsx'

const DAY = 86_400_000
const FIRST = Date.UTC(2026, 9, 24, 10)

function points(count: number, scale: number) {
  return Array.from({ length: count }, (_, index) => {
    const at = FIRST + index * DAY
    const wave = 1 + Math.sin(index / 3) * 0.5 + ((index * 7) % 5) / 6
    return {
      key: String(index),
      label: formatShortDay(at),
      value: Math.round(wave * scale),
      before: Math.round(wave * scale * (0.55 + ((index * 3) % 4) / 9)),
    }
  })
}

export function ChartSection() {
  return (
    <Card title={m.styleguide_charts()} id="charts">
      <div className="ui-grid ui-grid--wide">
        <LineChart
          title={m.styleguide_earnings()}
          points={points(30, 4_200)}
          format={formatMoney}
          formatTick={formatEuros}
          seriesLabel={m.styleguide_earnings()}
          beforeLabel={m.styleguide_before()}
        />
        <BarChart
          title={m.styleguide_clicks()}
          points={points(12, 90).map(({ key, label, value }) => ({ key, label, value }))}
          format={formatNumber}
          seriesLabel={m.styleguide_clicks()}
        />
      </div>
    </Card>
  )
}
