/** The data set that the Write screen keeps its samples in. */
export const ownDataset = 1
