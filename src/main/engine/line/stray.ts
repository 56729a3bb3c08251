/** The label of what is no character: a speck, a mark of the form, a dot where only digits are expected. It is read as nothing. */
export const strayLabel = ''
