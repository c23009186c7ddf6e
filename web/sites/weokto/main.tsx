import './theme.css'
import { mount } from '#web/shell/mount.tsx'
import { weoktoRouter } from './router.ts'

void mount(weoktoRouter())
