import './theme.css'
import { mount } from '#web/shell/mount.tsx'
import { router } from './router.tsx'

mount(router)
