/** How tall the small letters without a stem are, by the height of the tall ones. */
export const xHeightShare = 0.58
