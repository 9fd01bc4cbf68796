// What the form says to each error code, in three languages, with what to do.
import type { Locale, LText } from './definition.ts'
import { fillText, localText } from './text.ts'
import { showDate } from './typed-date.ts'
import { showMoney } from './typed-number.ts'
import type { Issue, Param } from './view.ts'

/** Codes of `Issue`; checks of a form bring their own text. */
export const ISSUE_TEXTS: Readonly<Record<string, LText>> = {
  'field.required': {
    de: 'Bitte füllen Sie dieses Feld aus.',
    'de-simple': 'Hier fehlt etwas. Bitte schreiben Sie hier etwas hinein.',
    en: 'Please fill in this field.',
  },
  'choice.required': {
    de: 'Bitte wählen Sie eine Antwort.',
    'de-simple': 'Bitte wählen Sie eine Antwort aus.',
    en: 'Please choose an answer.',
  },
  'checkbox.required': {
    de: 'Bitte setzen Sie hier ein Häkchen. Ohne das können Sie nicht absenden.',
    'de-simple': 'Bitte setzen Sie hier ein Häkchen. Sonst können Sie nicht absenden.',
    en: 'Please tick this box. You cannot send without it.',
  },
  'date.required': {
    de: 'Bitte geben Sie ein Datum ein, zum Beispiel 01.02.2026.',
    'de-simple': 'Hier fehlt ein Datum. Ein Beispiel: 01.02.2026.',
    en: 'Please enter a date: day, month, year, for example 01.02.2026.',
  },
  'file.required': {
    de: 'Bitte fügen Sie mindestens eine Datei oder ein Foto hinzu.',
    'de-simple': 'Hier fehlt ein Dokument. Machen Sie ein Foto oder wählen Sie eine Datei.',
    en: 'Please add at least one file or photo.',
  },
  'file.tooMany': {
    de: 'Hier gehen höchstens {max} Dateien. Bitte löschen Sie die übrigen.',
    'de-simple': 'Hier dürfen höchstens {max} Dokumente sein. Bitte löschen Sie einige.',
    en: 'At most {max} files fit here. Please delete the others.',
  },
  'proof.required': {
    de: 'Bitte sagen Sie uns, ob Sie diesen Nachweis haben.',
    'de-simple': 'Haben Sie dieses Dokument? Bitte wählen Sie eine Antwort aus.',
    en: 'Please tell us whether you have this document.',
  },
  'proof.files.required': {
    de: 'Bitte fügen Sie den Nachweis hinzu, oder wählen Sie, dass Sie ihn nachreichen.',
    'de-simple': 'Hier fehlt das Dokument. Sie können das Dokument auch später schicken.',
    en: 'Please add the document, or choose to send it later.',
  },
  'proof.date.required': {
    de: 'Bis wann reichen Sie den Nachweis nach? Bitte geben Sie ein Datum ein.',
    'de-simple': 'Wann schicken Sie das Dokument? Bitte schreiben Sie ein Datum.',
    en: 'By when will you send the document? Please enter a date.',
  },
  'proof.reason.required': {
    de: 'Bitte schreiben Sie kurz, warum Sie den Nachweis nicht vorlegen können.',
    'de-simple': 'Warum haben Sie das Dokument nicht? Bitte schreiben Sie es kurz auf.',
    en: 'Please say briefly why you cannot provide the document.',
  },
  'repeat.required': {
    de: 'Bitte fügen Sie mindestens {limit} Eintrag hinzu.',
    'de-simple': 'Hier fehlt etwas. Bitte fügen Sie mindestens {limit} Eintrag hinzu.',
    en: 'Please add at least {limit} entry.',
  },
  'repeat.tooMany': {
    de: 'Mehr als {limit} Einträge sind hier nicht möglich. Weitere melden Sie uns bitte telefonisch oder per Post.',
    'de-simple': 'Es gibt zu viele Einträge. Es dürfen höchstens {limit} sein.',
    en: 'More than {limit} entries are not possible here. Please tell us about others by phone or post.',
  },
  'text.control': {
    de: 'Der Text enthält ein unsichtbares Zeichen. Bitte tippen Sie ihn neu ein.',
    'de-simple': 'In dem Text ist ein falsches Zeichen. Bitte schreiben Sie den Text neu.',
    en: 'The text contains an invisible character. Please type it again.',
  },
  'text.tooLong': {
    de: 'Der Text ist zu lang. Möglich sind {max} Zeichen.',
    'de-simple': 'Der Text ist zu lang. Es dürfen höchstens {max} Zeichen sein.',
    en: 'The text is too long. Up to {max} characters are possible.',
  },
  'text.tooShort': {
    de: 'Bitte schreiben Sie etwas mehr, mindestens {min} Zeichen.',
    'de-simple': 'Der Text ist zu kurz. Bitte schreiben Sie mehr.',
    en: 'Please write a little more, at least {min} characters.',
  },
  'date.invalid': {
    de: 'Dieses Datum gibt es nicht. Bitte schreiben Sie es so: 01.02.2026.',
    'de-simple': 'Dieses Datum stimmt nicht. Schreiben Sie es so: 01.02.2026.',
    en: 'This is not a date. Please write day, month, year: 01.02.2026.',
  },
  'date.future': {
    de: 'Das Datum liegt in der Zukunft. Bitte prüfen Sie es.',
    'de-simple': 'Das Datum ist noch nicht da gewesen. Bitte prüfen Sie das Datum.',
    en: 'The date is in the future. Please check it.',
  },
  'date.past': {
    de: 'Das Datum liegt in der Vergangenheit. Bitte nennen Sie einen Tag ab heute.',
    'de-simple': 'Das Datum ist schon vorbei. Bitte schreiben Sie ein späteres Datum.',
    en: 'The date is in the past. Please enter today or a later day.',
  },
  'date.tooEarly': {
    de: 'Das Datum muss am {limit} oder danach liegen.',
    'de-simple': 'Das Datum ist zu früh. Es darf nicht vor dem {limit} sein.',
    en: 'The date must be on or after {limit}.',
  },
  'date.tooLate': {
    de: 'Das Datum muss am {limit} oder davor liegen.',
    'de-simple': 'Das Datum ist zu spät. Es darf nicht nach dem {limit} sein.',
    en: 'The date must be on or before {limit}.',
  },
  'month.invalid': {
    de: 'Bitte schreiben Sie Monat und Jahr so: 02.2026.',
    'de-simple': 'Schreiben Sie Monat und Jahr so: 02.2026.',
    en: 'Please write month and year like this: 02.2026.',
  },
  'time.invalid': {
    de: 'Bitte schreiben Sie die Uhrzeit so: 14:30.',
    'de-simple': 'Schreiben Sie die Uhrzeit so: 14:30.',
    en: 'Please write the time like this: 14:30.',
  },
  'money.invalid': {
    de: 'Bitte schreiben Sie den Betrag in Euro so: 1.234,56.',
    'de-simple': 'Schreiben Sie das Geld in Euro so: 1.234,56.',
    en: 'Please write the amount in euros like this: 1234.56 or 1234,56.',
  },
  'int.invalid': {
    de: 'Bitte geben Sie eine ganze Zahl ein, nur Ziffern.',
    'de-simple': 'Bitte schreiben Sie eine Zahl. Zum Beispiel: 12.',
    en: 'Please enter a whole number, digits only.',
  },
  'number.negative': {
    de: 'Bitte geben Sie eine Zahl ohne Minus ein.',
    'de-simple': 'Bitte schreiben Sie die Zahl ohne Minus.',
    en: 'Please enter a number without a minus sign.',
  },
  'number.tooSmall': {
    de: 'Die Zahl ist zu klein. Möglich ist ab {min}.',
    'de-simple': 'Die Zahl ist zu klein. Sie muss mindestens {min} sein.',
    en: 'The number is too small. The least is {min}.',
  },
  'number.tooLarge': {
    de: 'Die Zahl ist zu groß. Möglich ist bis {max}.',
    'de-simple': 'Die Zahl ist zu groß. Sie darf höchstens {max} sein.',
    en: 'The number is too large. The most is {max}.',
  },
  'choice.unknown': {
    de: 'Diese Antwort gibt es nicht. Bitte wählen Sie noch einmal.',
    'de-simple': 'Diese Antwort gibt es nicht. Bitte wählen Sie noch einmal aus.',
    en: 'There is no such answer. Please choose again.',
  },
  'choice.exclusive': {
    de: 'Zwei Ihrer Antworten passen nicht zusammen. Bitte wählen Sie „keine“ nur allein.',
    'de-simple': 'Zwei Antworten passen nicht zusammen. „Keine“ geht nur allein.',
    en: 'Two of your answers do not go together. Please choose “none” only on its own.',
  },
  'address.strasse.required': {
    de: 'Bitte geben Sie die Straße an.',
    'de-simple': 'Hier fehlt die Straße.',
    en: 'Please enter the street.',
  },
  'address.plz.required': {
    de: 'Bitte geben Sie die Postleitzahl an.',
    'de-simple': 'Hier fehlt die Postleitzahl.',
    en: 'Please enter the postcode.',
  },
  'address.ort.required': {
    de: 'Bitte geben Sie den Ort an.',
    'de-simple': 'Hier fehlt der Ort.',
    en: 'Please enter the town or city.',
  },
  'plz.invalid': {
    de: 'Eine deutsche Postleitzahl hat fünf Ziffern.',
    'de-simple': 'Eine Postleitzahl in Deutschland hat 5 Ziffern.',
    en: 'A German postcode has five digits.',
  },
  'iban.invalid': {
    de: 'Diese IBAN stimmt nicht. Bitte vergleichen Sie sie mit Ihrer Bankkarte.',
    'de-simple': 'Diese IBAN stimmt nicht. Die IBAN steht auf Ihrer Bankkarte.',
    en: 'This IBAN is not right. Please compare it with your bank card.',
  },
  'kvnr.invalid': {
    de: 'Diese Versichertennummer stimmt nicht. Sie beginnt mit einem Buchstaben und hat neun Ziffern.',
    'de-simple': 'Diese Nummer stimmt nicht. Die Nummer hat einen Buchstaben und 9 Ziffern.',
    en: 'This insurance number is not right. It starts with a letter and has nine digits.',
  },
  'steuer_id.invalid': {
    de: 'Diese Steuer-ID stimmt nicht. Sie hat elf Ziffern.',
    'de-simple': 'Diese Steuer-ID stimmt nicht. Die Steuer-ID hat 11 Ziffern.',
    en: 'This tax ID is not right. It has eleven digits.',
  },
  'phone.invalid': {
    de: 'Diese Telefonnummer sieht nicht richtig aus. Das Feld darf auch leer bleiben.',
    'de-simple': 'Diese Telefonnummer stimmt nicht. Sie dürfen das Feld auch leer lassen.',
    en: 'This phone number does not look right. You may also leave the field empty.',
  },
  'email.invalid': {
    de: 'Diese E-Mail-Adresse sieht nicht richtig aus. Das Feld darf auch leer bleiben.',
    'de-simple': 'Diese E-Mail-Adresse stimmt nicht. Sie dürfen das Feld auch leer lassen.',
    en: 'This e-mail address does not look right. You may also leave the field empty.',
  },
}

/** A parameter in the reader's language. */
export function paramText(param: Param, locale: Locale): string {
  if (param.as === 'money') return showMoney(Number(param.value), locale)
  return param.as === 'date' ? showDate(String(param.value), locale) : String(param.value)
}

/** A text with its placeholders filled, for messages and info blocks alike. */
export function textWith(
  text: LText,
  params: { readonly [name: string]: Param },
  locale: Locale,
): string {
  const words = Object.entries(params).map(([name, param]) => [name, paramText(param, locale)])
  return fillText(localText(text, locale), Object.fromEntries(words))
}

/** The message for an issue; an unknown code shows itself, so that a gap is noticed. */
export function issueText(issue: Issue, locale: Locale): string {
  const text = issue.message ?? ISSUE_TEXTS[issue.code] ?? { de: issue.code }
  return textWith(text, issue.params, locale)
}
