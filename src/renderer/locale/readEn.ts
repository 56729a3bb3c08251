/** The texts of the Read screen in English. */
export const readEn = {
  'read.open': 'Open pictures',
  'read.hint':
    'Drop photos or scans of handwriting here, or open them. Their lines are read beside the picture, and what is doubtful is marked. Characters should stand apart from each other.',
  'read.progress': 'Reading {{at}} of {{total}}…',
  'read.pictures': 'Picture on show',
  'read.picture': 'Picture: {{file}}',
  'read.lines': 'What was read, line by line',
  'read.correct': 'Correct',
  'read.candidates': 'What it may be',
  'read.keys':
    'Type what the marked character is. Enter says it is right; Tab goes to the next doubtful one, arrows to any; Delete takes it out; Ctrl+Z undoes.',
  'read.doubtful_one': '{{count}} doubtful character',
  'read.doubtful_other': '{{count}} doubtful characters',
  'read.close': 'Take away',
  'read.csv': 'CSV',
  'read.json': 'JSON',
  'read.txt': 'Text',
  'read.pdf': 'Searchable PDF',
}
