import { describe, expect, it } from 'vitest'
import { PalmGuard } from '../../../src/renderer/pad/palmGuard'

describe('palm rejection', () => {
  it('turns touch away for a while after a pen was seen, and lets it write later', () => {
    const guard = new PalmGuard()
    guard.noteSeen('pen', 1000)
    expect(guard.admit(1, 'touch', 2000)).toBe('no')
    expect(guard.admit(1, 'touch', 7000)).toBe('yes')
  })

  it('lets one pointer write at a time', () => {
    const guard = new PalmGuard()
    expect(guard.admit(1, 'touch', 0)).toBe('yes')
    expect(guard.admit(2, 'touch', 1)).toBe('no')
    expect(guard.isWriter(2)).toBe(false)
    guard.release(2)
    expect(guard.isWriter(1)).toBe(true)
    guard.release(1)
    expect(guard.admit(2, 'touch', 2)).toBe('yes')
  })

  it('gives the pad to a pen that comes down beside a resting hand', () => {
    const guard = new PalmGuard()
    guard.admit(1, 'touch', 0)
    expect(guard.admit(2, 'pen', 1)).toBe('instead')
    expect([guard.isWriter(1), guard.isWriter(2)]).toEqual([false, true])
  })

  it('does not take the pad from a pen or a mouse', () => {
    const guard = new PalmGuard()
    guard.admit(1, 'mouse', 0)
    expect(guard.admit(2, 'pen', 1)).toBe('no')
  })
})
