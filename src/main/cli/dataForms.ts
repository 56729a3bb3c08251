/** What --data may be, for the help of every command that takes it. */
export const dataForms =
  'labelled data: mnist:test, mnist:train, ink:FILE[,FILE][#train|#validation|#test][?label=writer], inkml:PATH, unipen:PATH, images:PATH, idx:IMAGES,LABELS, csv:FILE, ' +
  'npz:FILE[#test], parquet:FILE, gnt:PATH, strokes:FOLDER[#CHARACTERS], fonts:FOLDER[,FOLDER][#CHARACTERS] (CHARACTERS: kana, ' +
  'hangul, jamo, hanzi or the characters themselves) or dataset:NAME[:SPLIT][?FILTER]; several joined by " + "'
