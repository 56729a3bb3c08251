/** Takes targets apart: texts of numbers of characters. @param targets [count, longest], -1 after the end of each */
export function textsOf(targets: Int32Array, longest: number): number[][] {
  return Array.from({ length: targets.length / longest }, (_, at) =>
    [...targets.subarray(at * longest, (at + 1) * longest)].filter((character) => character >= 0),
  )
}
