/** Logistic curves of a gap in line heights: from where it is as likely as not, and how steep. */
const boundary = { at: -0.05, steepness: 9 }
const pieceBoundary = { at: -0.1, steepness: 9 }
const space = { at: 0.62, steepness: 9 }
/** That a stroke was cut says that nothing was lifted there. */
const cutChance = 0.35
const pieceCutChance = 0.2
/** Ink breaks within a character, too. */
const mostPieceChance = 0.85

/** How likely a character ends at a gap. */
export function boundaryChance(gap: number, isCut: boolean): number {
  return isCut ? cutChance : logistic(gap, boundary)
}

/** The same of pieces of a picture, whose gaps are those of upright writing. */
export function pieceBoundaryChance(gap: number, isCut: boolean): number {
  return isCut ? pieceCutChance : Math.min(mostPieceChance, logistic(gap, pieceBoundary))
}

/** How likely a gap between two characters is a space. */
export function spaceChance(gap: number): number {
  return logistic(gap, space)
}

function logistic(gap: number, { at, steepness }: { at: number; steepness: number }): number {
  return Math.min(0.999, Math.max(0.001, 1 / (1 + Math.exp(-steepness * (gap - at)))))
}
