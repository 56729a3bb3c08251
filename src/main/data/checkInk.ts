import { inkSchema, type Ink } from '../../shared/ink/ink'
import { malformed } from './dataErrors'

/** Lets pass ink that can be stored. @throws AppError 'data-malformed' */
export function checkInk(ink: Ink, file: string, place: string): Ink {
  const { error } = inkSchema.safeParse(ink)
  if (!error) return ink
  const [issue] = error.issues
  throw malformed(file, place, `stroke ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is none'}`)
}
