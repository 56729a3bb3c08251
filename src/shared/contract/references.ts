import { z } from 'zod'

/** The name of a model that ships or was made here, or the path of a model's folder. */
export const modelReference = z.string().min(1).max(4096)
/** `mnist:test`, `ink:FILE`, `idx:IMAGES,LABELS` and so on; see main/data/dataReference.ts. */
export const dataReference = z.string().min(1).max(8192)
