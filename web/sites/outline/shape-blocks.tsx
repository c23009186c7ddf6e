import * as m from '#web/i18n/paraglide/messages.js'
import { LinkButton } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import type { Shape } from './outline.ts'

type Block = 'figure' | 'chart' | 'card' | 'tools' | 'row' | 'field' | 'message' | 'steps' | 'heading' | 'form' | 'offer'

function Blocks({ of, count }: { of: Block; count: number }) {
  return Array.from({ length: count }, (_, index) => <span key={index} className={`ui-skeleton ui-skeleton--${of}`} aria-hidden="true" />)
}

/** The blocks of each shape, in the grid that the page itself will use. */
export function ShapeBlocks({ shape }: { shape: Shape }) {
  switch (shape) {
    case 'figures':
      return (
        <div className="ui-stack">
          <div className="ui-grid wk-figures">
            <Blocks of="figure" count={4} />
          </div>
          <Blocks of="chart" count={1} />
        </div>
      )
    case 'cards':
      return (
        <div className="ui-grid ui-grid--wide">
          <Blocks of="card" count={4} />
        </div>
      )
    case 'list':
      return (
        <div className="ui-stack">
          <Blocks of="tools" count={1} />
          <Blocks of="row" count={6} />
        </div>
      )
    case 'chat':
      return (
        <div className="ui-stack">
          <Blocks of="tools" count={1} />
          <Blocks of="message" count={6} />
        </div>
      )
    case 'form':
      return (
        <div className="ui-stack">
          <Blocks of="field" count={3} />
        </div>
      )
    case 'text':
      return (
        <div className="ui-stack">
          <Blocks of="chart" count={1} />
        </div>
      )
    case 'order':
      return (
        <>
          <Blocks of="steps" count={1} />
          <Blocks of="heading" count={1} />
          <div className="checkout-columns">
            <Blocks of="form" count={1} />
            <Blocks of="offer" count={1} />
          </div>
        </>
      )
    case 'missing':
      return <Missing />
  }
}

/** All of it is known before anything is asked, so it stands there whole. */
function Missing() {
  const home = (
    <LinkButton href="/" icon="arrowLeft">
      {m.base_back_home()}
    </LinkButton>
  )
  return (
    <EmptyState page icon="search" title={m.base_not_found_title()} action={home}>
      {m.base_not_found_text()}
    </EmptyState>
  )
}
