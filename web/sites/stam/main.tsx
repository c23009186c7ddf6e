import './theme.css'
import { mount } from '#web/shell/mount.tsx'
import { stamRouter } from './router.ts'

void mount(stamRouter())
