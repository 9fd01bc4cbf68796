// The characters of DIN 91379:2022-08, for the tests: the letters of names, and what else may stand in names and addresses.

/** Single letters (bll), as ranges of code points. */
const SINGLE =
  '41-5a 61-7a c0-d6 d8-f6 f8-17e 187-188 18f 197 1a0-1a1 1af-1b0 1b7 1cd-1dc 1de-1df 1e2-1f0 1f4-1f5 1f8-1ff 212-213 218-21b 21e-21f 227-233 259 268 292 1e02-1e03 1e06-1e07 1e0a-1e11 1e17 1e1c-1e2b 1e2f-1e37 1e3a-1e3b 1e40-1e49 1e52-1e5b 1e5e-1e63 1e6a-1e6f 1e80-1e87 1e8c-1e97 1e9e 1ea0-1ef9'

/** Letters that Unicode has only as a sequence (bll): what follows, and the letters it follows. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '\u0300': 'CFGKMPSTZcfgkmpstz',
  '\u0301': 'JjÿĪī',
  '\u0302': 'DKLMNdklmn',
  '\u0304': 'CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ',
  '\u0306': 'CMNRZcmnrzÇç',
  '\u0307': 'KUku',
  '\u0308': 'CTZczẠạỌọỤụ',
  '\u030b': 'Aa',
  '\u030c': 'J',
  '\u030d': 'ēō',
  '\u0310': 'Mm',
  '\u0315': 'CKPTckptČč',
  '\u031b': 'KTkt',
  '\u031b\u0304': 'Ss',
  '\u0323': 'CPcpČč',
  '\u0325': 'LRlr',
  '\u0325\u0304': 'LRlr',
  '\u0326': 'CHKLNchklnŽž',
  '\u0327': 'ZzŽž',
  '\u0328\u0306': 'Cc',
  '\u0331': 'HSs',
  '\u035fH': 'K',
  '\u035fh': 'Kk',
}

const single = SINGLE.split(' ').flatMap((range) => {
  const [first = 0, last = first] = range.split('-').map((code) => Number.parseInt(code, 16))
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at))
})

const sequences = Object.entries(SEQUENCES).flatMap(([marks, letters]) =>
  [...letters].map((letter) => letter + marks),
)

/** 500 and 149. */
export const LATIN_LETTERS: readonly string[] = [...single, ...sequences]

/** Non-letters of names (N1), the blank aside. */
export const NAME_SIGNS: readonly string[] = [..."',-.`~¨´·ʹʺʾʿˈˌ’‡"]

/** Non-letters of addresses (N2) and those that one may understand (N3). */
export const ADDRESS_SIGNS: readonly string[] = [
  ...'!"#$%&()*+/0123456789:;<=>?@[\\]^_{|}¡¢£¥§©ª«¬®¯°±²³µ¶¹º»¿×÷€',
  ...'¤¦¸¼½¾',
]

/** Greek and Cyrillic letters and further signs (gl, cl, E1): one need not have them. */
export const EXTENDED: readonly string[] = [
  ...'ΆΈΉΊΌΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ',
  ...'ЍАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюяѝ',
  ...'ƒʰʳˆ˜ˢᵈᵗ‘‚“”„†…‰′″‹›⁰⁴⁵⁶⁷⁸⁹ⁿ₀₁₂₃₄₅₆₇₈₉™∞≤≥',
]
