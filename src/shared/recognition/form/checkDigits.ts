/** Rules by which a number's last digits tell whether the others were read right. */
export const checkDigitRules = ['luhn', 'mod97', 'mod11'] as const
type CheckDigitRule = (typeof checkDigitRules)[number]

/** Whether a number keeps a rule. Blanks, dots and dashes in it do not count. */
export function keepsCheckDigit(text: string, rule: CheckDigitRule): boolean {
  const number = text.replaceAll(/[\s.-]/g, '').toUpperCase()
  return keeps[rule](number)
}

const keeps: Readonly<Record<CheckDigitRule, (number: string) => boolean>> = { luhn, mod97, mod11 }

/** ISO/IEC 7812-1, as on payment cards: every second digit from the right counts twice. */
function luhn(number: string): boolean {
  if (!/^\d{2,}$/.test(number)) return false
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** ISO 7064 MOD 97-10: A is 10, Z is 35, and all of it leaves 1. An IBAN's first four characters go to its end before. */
function mod97(number: string): boolean {
  if (!/^[0-9A-Z]{3,}$/.test(number)) return false
  const isIban = /^[A-Z]{2}\d{2}/.test(number)
  const ordered = isIban ? number.slice(4) + number.slice(0, 4) : number
  let rest = 0
  for (const character of ordered) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** As of ISBN-10: weighed 1, 2, 3, ... from the right, a last X being 10, the sum is a multiple of 11. */
function mod11(number: string): boolean {
  if (!/^\d+[\dX]$/.test(number)) return false
  const sum = [...number]
    .reverse()
    .reduce((total, digit, at) => total + (at + 1) * (digit === 'X' ? 10 : Number(digit)), 0)
  return sum % 11 === 0
}
