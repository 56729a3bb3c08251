import { gapAcross, longerSide, middleX, middleY, type PieceGroup } from './pieceGroup'

/** Of the character size: how far a character's middle may lie above or below that of the one before it in its row. */
const drift = 0.7
/** Rows are begun by what has this share of the size. The rest (dots, commas, halves) goes to the nearest row within reach. */
const begins = 0.6
const withinReach = 0.9

/**
 * Parts groups into rows, from the top, each from the left. A row is followed from character to character, so that it may be
 * bent.
 */
export function findRows(groups: readonly PieceGroup[], size: number): PieceGroup[][] {
  const rows: { members: PieceGroup[]; y: number }[] = []
  const byLeft = [...groups].sort((first, second) => first.left - second.left)
  for (const group of byLeft.filter((each) => longerSide(each) >= begins * size)) {
    const y = middleY(group)
    const [nearest] = [...rows].sort((one, other) => Math.abs(one.y - y) - Math.abs(other.y - y))
    if (nearest && Math.abs(nearest.y - y) <= drift * size) {
      nearest.members.push(group)
      nearest.y += (y - nearest.y) / 2
    } else rows.push({ members: [group], y })
  }
  for (const group of byLeft.filter((each) => longerSide(each) < begins * size)) {
    const levels = rows.map(({ members }) => levelNear(members, group))
    const distances = levels.map((level) => Math.abs(level - middleY(group)))
    const nearest = distances.indexOf(Math.min(...distances))
    if ((distances[nearest] ?? Infinity) <= withinReach * size) rows[nearest]?.members.push(group)
    else rows.push({ members: [group], y: middleY(group) })
  }
  return rows
    .map(({ members }) => members.sort((first, second) => middleX(first) - middleX(second)))
    .sort((first, second) => heightAt(first) - heightAt(second))
}

/** The height of a row where it is nearest to a group. */
function levelNear(members: readonly PieceGroup[], group: PieceGroup): number {
  let level = Infinity
  let least = Infinity
  for (const member of members) {
    const distance = Math.max(0, gapAcross(member, group))
    if (distance < least) [least, level] = [distance, middleY(member)]
  }
  return level
}

function heightAt(row: readonly PieceGroup[]): number {
  return row.reduce((sum, member) => sum + middleY(member), 0) / row.length
}
