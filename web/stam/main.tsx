import './theme.css'
import { mount } from '#web/frame/mount.tsx'
import { router } from './router.tsx'

mount(router)
