/** Chinese has no plural forms of its own: `_other` serves every count. */
type PluralOne<Key> = Key extends `${string}_one` ? Key : never

/** The same texts in another language. */
export type Translation<Texts> = Record<Exclude<keyof Texts, PluralOne<keyof Texts>>, string>
