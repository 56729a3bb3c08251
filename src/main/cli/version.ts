import { version } from '../../../package.json'

export const longhandVersion: string = version
