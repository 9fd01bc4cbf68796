// The one catalogue of errors that a person or a program may meet: code, status and the text in three languages.
// docs/errors.md mirrors it, by test. Texts say what to do next; they never say whether a case exists.

export interface ErrorText {
  readonly status: number
  readonly de: string
  /** Leichte Sprache; not yet checked by a test group. */
  readonly simple: string
  readonly en: string
}

const entry = (status: number, de: string, simple: string, en: string): ErrorText => ({
  status,
  de,
  simple,
  en,
})

export const ERRORS = {
  // What anybody may meet
  'request.invalid': entry(
    400,
    'Die Anfrage ist unvollständig oder hat ein falsches Format. Bitte laden Sie die Seite neu.',
    'Etwas stimmt nicht. Bitte laden Sie die Seite neu.',
    'The request is incomplete or has the wrong format. Please reload the page.',
  ),
  'request.tooLarge': entry(
    413,
    'Das ist zu groß. Bitte verkleinern Sie die Datei oder teilen Sie sie auf.',
    'Die Datei ist zu groß. Bitte nehmen Sie eine kleinere Datei.',
    'This is too large. Please make the file smaller or split it.',
  ),
  'request.mediaType': entry(
    415,
    'Dieses Format nimmt der Server hier nicht an.',
    'Dieses Format geht hier nicht.',
    'The server does not accept this format here.',
  ),
  'request.method': entry(
    405,
    'Diese Adresse versteht diese Art von Anfrage nicht.',
    'Das geht hier nicht.',
    'This address does not take this kind of request.',
  ),
  'request.digest': entry(
    400,
    'Beim Übertragen ist etwas verloren gegangen. Bitte versuchen Sie es noch einmal.',
    'Beim Senden ist etwas verloren gegangen. Bitte versuchen Sie es noch einmal.',
    'Something was lost on the way. Please try again.',
  ),
  'request.tooMany': entry(
    429,
    'Von Ihrem Anschluss kommen gerade sehr viele Anfragen. Bitte warten Sie einen Moment.',
    'Es sind gerade zu viele Anfragen. Bitte warten Sie kurz.',
    'Too many requests are coming from your connection. Please wait a moment.',
  ),
  'route.unknown': entry(
    404,
    'Diese Seite gibt es nicht.',
    'Diese Seite gibt es nicht.',
    'This page does not exist.',
  ),
  'origin.foreign': entry(
    403,
    'Diese Anfrage kam von einer fremden Seite und wurde nicht ausgeführt.',
    'Die Anfrage kam von einer fremden Seite. Wir haben nichts gemacht.',
    'This request came from a foreign page and was not carried out.',
  ),
  'service.unavailable': entry(
    503,
    'Der Dienst ist gerade nicht erreichbar. Ihre gespeicherten Angaben sind sicher. Bitte versuchen Sie es in wenigen Minuten noch einmal.',
    'Die Seite geht gerade nicht. Ihre Angaben sind sicher. Bitte versuchen Sie es später noch einmal.',
    'The service is not available right now. What you saved is safe. Please try again in a few minutes.',
  ),
  'service.failed': entry(
    500,
    'Bei uns ist ein Fehler passiert. Ihre gespeicherten Angaben sind sicher. Bitte versuchen Sie es später noch einmal.',
    'Wir haben einen Fehler gemacht. Ihre Angaben sind sicher. Bitte versuchen Sie es später noch einmal.',
    'Something went wrong on our side. What you saved is safe. Please try again later.',
  ),

  // Login
  'login.failed': entry(
    401,
    'Eine der Angaben stimmt nicht. Bitte vergleichen Sie alle drei Angaben mit Ihrem Brief und Ihrer Karte.',
    'Etwas ist falsch. Bitte prüfen Sie alle 3 Angaben. Schauen Sie auf den Brief und auf die Karte.',
    'One of the details is not right. Please compare all three with your letter and your card.',
  ),
  'login.paused': entry(
    429,
    'Es gab mehrere falsche Eingaben. Bitte warten Sie, bis die Zeit abgelaufen ist. Danach geht es von selbst weiter.',
    'Es gab mehrere falsche Eingaben. Bitte warten Sie. Dann geht es von allein weiter.',
    'There were several wrong entries. Please wait until the time has passed. Then it goes on by itself.',
  ),
  'login.closed': entry(
    503,
    'Die Anmeldung ist für kurze Zeit geschlossen. Bitte versuchen Sie es in einigen Minuten noch einmal.',
    'Die Anmeldung geht gerade nicht. Bitte versuchen Sie es später noch einmal.',
    'Login is closed for a short time. Please try again in a few minutes.',
  ),

  // Session and the state of the case
  'session.missing': entry(
    401,
    'Sie sind nicht mehr angemeldet. Bitte melden Sie sich noch einmal an. Ihre gespeicherten Angaben sind noch da.',
    'Sie sind nicht mehr angemeldet. Bitte melden Sie sich noch einmal an. Ihre Angaben sind noch da.',
    'You are no longer logged in. Please log in again. What you saved is still there.',
  ),
  'case.expired': entry(
    410,
    'Die Einmal-PIN ist abgelaufen. Bitte rufen Sie uns an oder bestellen Sie eine neue PIN.',
    'Die PIN gilt nicht mehr. Bitte rufen Sie uns an. Oder bestellen Sie eine neue PIN.',
    'The one-time PIN has expired. Please call us or order a new PIN.',
  ),
  'case.revoked': entry(
    410,
    'Dieser Vorgang ist geschlossen, bitte rufen Sie uns an.',
    'Dieser Vorgang ist geschlossen. Bitte rufen Sie uns an.',
    'This case is closed, please call us.',
  ),
  'case.superseded': entry(
    410,
    'Diese PIN wurde durch einen neueren Brief ersetzt. Bitte nehmen Sie die PIN aus dem neuen Brief.',
    'Sie haben einen neuen Brief bekommen. Bitte nehmen Sie die PIN aus dem neuen Brief.',
    'This PIN was replaced by a newer letter. Please use the PIN from the new letter.',
  ),
  'case.locked': entry(
    410,
    'Diese PIN ist gesperrt, weil zu oft falsche Angaben gemacht wurden. Bitte rufen Sie uns an: Sie bekommen einen neuen Brief.',
    'Die PIN ist gesperrt. Es gab zu viele falsche Eingaben. Bitte rufen Sie uns an. Sie bekommen einen neuen Brief.',
    'This PIN is locked because wrong details were given too often. Please call us: you will get a new letter.',
  ),
  'case.submitted': entry(
    410,
    'Ihre Angaben sind bereits abgeschickt. Die PIN ist nicht mehr gültig.',
    'Ihre Angaben sind schon bei uns. Die PIN gilt nicht mehr.',
    'Your details have already been sent. The PIN is no longer valid.',
  ),

  // Draft
  'draft.conflict': entry(
    412,
    'Auf einem anderen Gerät wurde inzwischen etwas geändert. Wir führen beide Stände zusammen.',
    'Sie haben auf einem anderen Gerät etwas geändert. Wir fügen alles zusammen.',
    'Something was changed on another device. We are bringing both together.',
  ),
  'draft.revision': entry(
    409,
    'Der Stand passt nicht zu dem, was zuletzt gespeichert wurde. Bitte laden Sie die Seite neu.',
    'Der Stand passt nicht. Bitte laden Sie die Seite neu.',
    'This version does not follow the one saved last. Please reload the page.',
  ),

  // Documents
  'document.none': entry(
    404,
    'Dieses Dokument ist nicht vorhanden.',
    'Dieses Dokument gibt es nicht.',
    'This document does not exist.',
  ),
  'document.differs': entry(
    409,
    'Unter dieser Kennung liegt schon ein anderes Dokument.',
    'Es gibt schon ein anderes Dokument.',
    'A different document already has this id.',
  ),
  'document.quota': entry(
    409,
    'Mehr Dokumente passen nicht in diesen Vorgang (höchstens 40 Dokumente, zusammen 100 MB). Bitte entfernen Sie ein Dokument oder schicken Sie den Rest mit der Post.',
    'Es sind zu viele Dokumente. Bitte entfernen Sie ein Dokument. Oder schicken Sie den Rest mit der Post.',
    'No more documents fit into this case (at most 40 documents, 100 MB in all). Please remove one or send the rest by post.',
  ),
  'document.tooLarge': entry(
    413,
    'Das Dokument ist größer als 25 MB. Bitte verkleinern Sie es oder teilen Sie es auf.',
    'Das Dokument ist zu groß. Bitte nehmen Sie ein kleineres.',
    'The document is larger than 25 MB. Please make it smaller or split it.',
  ),
  'document.incomplete': entry(
    409,
    'Das Dokument ist noch nicht vollständig hochgeladen.',
    'Das Dokument ist noch nicht ganz da.',
    'The document has not been uploaded completely yet.',
  ),
  'document.digest': entry(
    409,
    'Das Dokument ist beim Hochladen beschädigt worden. Bitte nehmen Sie es noch einmal auf.',
    'Das Dokument ist kaputt angekommen. Bitte nehmen Sie es noch einmal auf.',
    'The document was damaged while uploading. Please add it again.',
  ),
  'document.complete': entry(
    409,
    'Das Dokument ist schon vollständig.',
    'Das Dokument ist schon ganz da.',
    'The document is already complete.',
  ),
  'part.range': entry(
    400,
    'Dieser Teil gehört nicht zu dem Dokument.',
    'Dieser Teil gehört nicht dazu.',
    'This part does not belong to the document.',
  ),
  'part.differs': entry(
    409,
    'Dieser Teil liegt schon mit anderem Inhalt vor.',
    'Diesen Teil gibt es schon anders.',
    'This part is already there with different content.',
  ),

  // Sending
  'submission.draft': entry(
    409,
    'Auf einem anderen Gerät wurde inzwischen etwas geändert. Bitte prüfen Sie Ihre Angaben noch einmal.',
    'Sie haben auf einem anderen Gerät etwas geändert. Bitte prüfen Sie alles noch einmal.',
    'Something was changed on another device. Please check your details again.',
  ),
  'submission.documents': entry(
    409,
    'Es fehlt noch ein Dokument oder es ist noch nicht vollständig hochgeladen. Bitte sehen Sie bei den Unterlagen nach.',
    'Ein Dokument fehlt noch. Bitte schauen Sie bei den Unterlagen nach.',
    'A document is missing or not completely uploaded yet. Please look at your documents.',
  ),
  'submission.key': entry(
    409,
    'Diese Angaben wurden bereits abgeschickt.',
    'Diese Angaben haben Sie schon abgeschickt.',
    'These details have already been sent.',
  ),

  // Asking for a new PIN
  'pinRequest.busy': entry(
    503,
    'Gerade können wir keine Bestellung annehmen. Bitte rufen Sie uns an oder versuchen Sie es später noch einmal.',
    'Das geht gerade nicht. Bitte rufen Sie uns an. Oder versuchen Sie es später.',
    'We cannot take an order right now. Please call us or try again later.',
  ),

  // Office to portal
  'signature.invalid': entry(
    401,
    'Die Signatur der Anfrage ist ungültig.',
    'Die Unterschrift der Anfrage ist falsch.',
    'The signature of the request is not valid.',
  ),
  'signature.replayed': entry(
    401,
    'Diese Anfrage wurde schon einmal gestellt.',
    'Diese Anfrage gab es schon.',
    'This request was already made.',
  ),
  'command.outdated': entry(
    409,
    'Für diesen Vorgang wurde schon ein neuerer Befehl ausgeführt.',
    'Es gibt schon einen neueren Befehl.',
    'A newer command has already been applied to this case.',
  ),
  'command.conflict': entry(
    409,
    'Unter dieser Nummer wurde schon ein anderer Befehl ausgeführt.',
    'Es gibt schon einen anderen Befehl mit dieser Nummer.',
    'A different command was already applied under this number.',
  ),
  'command.notAllowed': entry(
    409,
    'Dieser Befehl ist im jetzigen Zustand des Vorgangs nicht erlaubt.',
    'Das geht bei diesem Vorgang jetzt nicht.',
    'This command is not allowed in the present state of the case.',
  ),
  'case.none': entry(
    404,
    'Diesen Vorgang gibt es nicht.',
    'Diesen Vorgang gibt es nicht.',
    'This case does not exist.',
  ),
  'submission.none': entry(
    404,
    'Zu diesem Vorgang liegt keine Einsendung bereit.',
    'Hier liegt nichts bereit.',
    'No submission is waiting for this case.',
  ),

  // Office: access
  'staff.missing': entry(
    401,
    'Bitte melden Sie sich an.',
    'Bitte melden Sie sich an.',
    'Please log in.',
  ),
  'token.invalid': entry(
    401,
    'Das Zugangskennzeichen fehlt oder ist ungültig.',
    'Der Zugang ist ungültig.',
    'The access token is missing or not valid.',
  ),
  'host.foreign': entry(
    421,
    'Unter diesem Rechnernamen antwortet das Büro nicht.',
    'Dieser Name ist falsch.',
    'The office does not answer under this host name.',
  ),
  'demo.only': entry(
    403,
    'Das geht nur im Vorführbetrieb (EP_DEMO=1).',
    'Das geht nur zum Ausprobieren.',
    'This works in demo mode only (EP_DEMO=1).',
  ),

  // Office: import of cases
  'import.rejected': entry(
    422,
    'Die Datei enthält Fehler. Es wurde nichts übernommen. Bitte berichtigen Sie die genannten Zeilen.',
    'In der Datei sind Fehler. Wir haben nichts übernommen.',
    'The file has errors. Nothing was imported. Please correct the rows named.',
  ),
  'import.csv': entry(
    422,
    'Die Datei ist keine lesbare CSV-Datei (UTF-8, mit Komma getrennt, mit Kopfzeile).',
    'Die Datei kann man nicht lesen.',
    'The file is not a readable CSV file (UTF-8, comma separated, with a header line).',
  ),
  'import.header': entry(
    422,
    'In der Kopfzeile fehlt eine Spalte, oder eine Spalte ist unbekannt.',
    'In der ersten Zeile stimmt etwas nicht.',
    'The header line lacks a column or has an unknown one.',
  ),
  'import.required': entry(
    422,
    'Dieses Feld muss ausgefüllt sein.',
    'Hier fehlt etwas.',
    'This field must be filled in.',
  ),
  'import.duplicate': entry(
    422,
    'Dieses Aktenzeichen gibt es schon. Eine Datei wird nicht zweimal übernommen.',
    'Dieses Aktenzeichen gibt es schon.',
    'This case reference already exists. A file is not imported twice.',
  ),
  'import.kvnr': entry(
    422,
    'Die Versichertennummer ist nicht richtig (ein Buchstabe und neun Ziffern, die letzte ist eine Prüfziffer).',
    'Die Versichertennummer ist falsch.',
    'The insurance number is not right (one letter and nine digits, the last a check digit).',
  ),
  'import.cardNumber': entry(
    422,
    'Die Kartennummer ist nicht richtig (20 Ziffern, beginnt mit 80276).',
    'Die Kartennummer ist falsch.',
    'The card number is not right (20 digits, beginning with 80276).',
  ),
  'import.secondFactor': entry(
    422,
    'Für dieses zweite Merkmal fehlt die Angabe (egk braucht eine Kartennummer, birthdate ein Geburtsdatum).',
    'Es fehlt die Kartennummer oder das Geburtsdatum.',
    'The detail for this second factor is missing (egk needs a card number, birthdate a date of birth).',
  ),
  'import.form': entry(
    422,
    'Dieses Formular gibt es nicht.',
    'Dieses Formular gibt es nicht.',
    'This form does not exist.',
  ),
  'import.date': entry(
    422,
    'Das Datum ist nicht richtig (JJJJ-MM-TT).',
    'Das Datum ist falsch.',
    'The date is not right (YYYY-MM-DD).',
  ),
  'import.postcode': entry(
    422,
    'Eine deutsche Postleitzahl hat fünf Ziffern.',
    'Die Postleitzahl ist falsch.',
    'A German postcode has five digits.',
  ),
  'import.country': entry(
    422,
    'Das Land ist kein Kürzel nach ISO 3166 (zwei Buchstaben, zum Beispiel DE).',
    'Das Land ist falsch.',
    'The country is not an ISO 3166 code (two letters, for example DE).',
  ),
  'import.choice': entry(
    422,
    'Dieser Wert ist hier nicht vorgesehen.',
    'Dieser Wert geht hier nicht.',
    'This value is not one of the choices.',
  ),
  'import.tooLong': entry(
    422,
    'Dieser Eintrag ist zu lang.',
    'Das ist zu lang.',
    'This entry is too long.',
  ),
  'import.characters': entry(
    422,
    'Dieser Eintrag enthält Zeichen, die nicht erlaubt sind.',
    'Hier sind falsche Zeichen.',
    'This entry has characters that are not allowed.',
  ),
  'import.prefill': entry(
    422,
    'Die Vorbelegung passt nicht zum Formular.',
    'Die Vorbelegung passt nicht.',
    'The prefill does not fit the form.',
  ),

  // Office: cases, letters, inbox
  'action.notAllowed': entry(
    409,
    'Das ist im jetzigen Zustand des Vorgangs nicht möglich.',
    'Das geht bei diesem Vorgang jetzt nicht.',
    'This is not possible in the present state of the case.',
  ),
  'reissue.fourEyes': entry(
    409,
    'Die Anschrift wurde in den letzten 14 Tagen geändert. Für eine neue PIN muss eine zweite Person zustimmen.',
    'Die Adresse ist neu. Eine zweite Person muss zustimmen.',
    'The address changed within the last 14 days. A second person must agree to a new PIN.',
  ),
  'form.changed': entry(
    409,
    'Diese Fassung des Formulars wurde schon mit anderem Inhalt verwendet. Bitte erhöhen Sie „version“ in definition.json.',
    'Das Formular ist anders als vorher. Es braucht eine neue Nummer.',
    'This version of the form was already used with other contents. Please raise "version" in definition.json.',
  ),
  'letter.glyph': entry(
    422,
    'Ein Zeichen im Namen oder in der Anschrift kann nicht gedruckt werden.',
    'Ein Zeichen kann man nicht drucken.',
    'A character in the name or address cannot be printed.',
  ),
  'letter.addressTooLong': entry(
    422,
    'Die Anschrift passt nicht in das Fenster des Briefumschlags.',
    'Die Adresse ist zu lang.',
    'The address does not fit the window of the envelope.',
  ),
  'letter.template': entry(
    422,
    'Die Briefvorlage ist fehlerhaft.',
    'Die Vorlage ist falsch.',
    'The letter template has an error.',
  ),
  'letter.timeout': entry(
    422,
    'Das Erstellen des Briefs hat zu lange gedauert.',
    'Der Brief hat zu lange gedauert.',
    'Making the letter took too long.',
  ),
  'letter.failed': entry(
    422,
    'Der Brief konnte nicht erstellt werden.',
    'Der Brief ging nicht.',
    'The letter could not be made.',
  ),
  'printCentre.keyMissing': entry(
    503,
    'Der Schlüssel des Druckzentrums fehlt. Ohne ihn verlässt kein Brief das Haus.',
    'Der Schlüssel vom Druck-Zentrum fehlt.',
    'The key of the print centre is missing. Without it no letter leaves.',
  ),
  'inbox.none': entry(
    404,
    'Diese Einsendung gibt es nicht.',
    'Das gibt es nicht.',
    'This submission does not exist.',
  ),
  'document.unscanned': entry(
    403,
    'Dieses Dokument ist noch nicht geprüft. Es kann erst nach der Prüfung geöffnet oder ausgegeben werden.',
    'Das Dokument ist noch nicht geprüft.',
    'This document has not been scanned yet. It can only be opened or exported after scanning.',
  ),
  'task.none': entry(
    404,
    'Diese Aufgabe gibt es nicht, oder sie ist schon erledigt.',
    'Diese Aufgabe gibt es nicht mehr.',
    'This task does not exist or is done already.',
  ),
  'letter.mismatch': entry(
    422,
    'Auf einem fertigen Brief stand etwas anderes als bestellt. Der Drucklauf ist gestoppt, kein Brief hat das Haus verlassen. Bitte sagen Sie der Technik Bescheid und brechen Sie den Lauf dann ab.',
    'Auf einem Brief stand etwas Falsches. Der Druck-Lauf ist gestoppt. Sagen Sie der Technik Bescheid.',
    'A finished letter said something else than was ordered. The print run is stopped and nothing of it has left. Tell your engineers, then cancel the run.',
  ),
  'letter.unchecked': entry(
    500,
    'Der fertige Brief konnte nicht nachgelesen werden. Bitte bestellen Sie ihn noch einmal.',
    'Der fertige Brief konnte nicht geprüft werden. Bestellen Sie ihn noch einmal.',
    'The finished letter could not be read again. Order it once more.',
  ),
  'run.none': entry(
    404,
    'Diesen Drucklauf gibt es nicht.',
    'Diesen Druck-Lauf gibt es nicht.',
    'This print run does not exist.',
  ),
  'run.transition': entry(
    409,
    'Das geht mit diesem Drucklauf jetzt nicht. Bitte laden Sie die Seite neu: Sein Stand hat sich geändert.',
    'Das geht mit diesem Druck-Lauf jetzt nicht. Laden Sie die Seite neu.',
    'That cannot be done with this print run now. Load the page again: its state has changed.',
  ),
} as const satisfies Record<string, ErrorText>

export type ErrorCode = keyof typeof ERRORS

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(ERRORS, value)
