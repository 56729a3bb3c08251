import { join } from 'node:path'

/** Where the samples lie in a user's data folder. */
export const storeFileIn = (dataFolder: string): string => join(dataFolder, 'samples.db')
