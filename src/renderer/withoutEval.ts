import { config } from 'zod'

/** zod would try whether it may compile its checks, and the page's policy would report the attempt. Imported before any schema. */
config({ jitless: true })
