// What clerks, operators and their programs may meet at the office and on the command line.
import { type ErrorText, entry } from './error-text.ts'

export const OFFICE_ERRORS = {
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

  // Office: files of the print centre and the post room
  'import.empty': entry(
    422,
    'In der Datei steht keine Zeile mit einem Brief.',
    'In der Datei steht nichts.',
    'The file has no line with a letter.',
  ),
  'import.letterId': entry(
    422,
    'Das ist weder eine Briefkennung noch der Code von einer Briefseite.',
    'Das ist keine Nummer von einem Brief.',
    'This is neither a letter id nor the code on a page of a letter.',
  ),
  'import.status': entry(
    422,
    'Das ist keine Statusdatei des Druckzentrums.',
    'Das ist die falsche Datei.',
    'This is no status file of the print centre.',
  ),
  'import.future': entry(
    422,
    'Dieser Tag liegt in der Zukunft.',
    'Dieser Tag kommt erst noch.',
    'This day lies in the future.',
  ),
  'letter.none': entry(
    404,
    'Diesen Brief gibt es nicht, oder er war noch nicht beim Druckzentrum.',
    'Diesen Brief gibt es nicht.',
    'This letter does not exist, or it was not at the print centre yet.',
  ),
  'letter.noCopy': entry(
    404,
    'Von diesem Brief gibt es keine Kopie. Bitte prüfen Sie die Briefkennung; von Briefen, die vor der Einführung der Kopien erstellt wurden, gibt es keine.',
    'Von diesem Brief gibt es keine Kopie.',
    'There is no copy of this letter. Check the letter id; letters made before copies were introduced have none.',
  ),
  'letter.notPosted': entry(
    409,
    'Dieser Brief wurde nicht bei der Post aufgegeben. Er kann nicht zurückgekommen sein.',
    'Dieser Brief war nicht bei der Post.',
    'This letter was never posted. It cannot have come back.',
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
    'Die Anschrift wurde in den letzten 14 Tagen geändert. Die neue PIN wird verschickt, sobald zwei Personen sie am Vorgang bestellt haben. Bestellungen von Programmen und im Internet zählen nicht.',
    'Die Adresse ist neu. Zwei Personen müssen die neue PIN bestellen.',
    'The address changed within the last 14 days. The new PIN is sent once two people have ordered it at the case. Orders of programs and online orders do not count.',
  ),
  'address.coreSystem': entry(
    403,
    'Anschriften ändert nur das Bestandssystem. Bitte tragen Sie den Umzug dort ein; er kommt von selbst hierher.',
    'Ändern Sie die Adresse im Bestands-System. Sie kommt von selbst hierher.',
    'Only the core system changes addresses. Enter the move there; it comes here by itself.',
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
    'In den Briefvorlagen oder Brieftexten steckt ein Fehler. Bitte die Stelle verbessern; „einmal-pin letters check“ nennt die Fehler. Ein Drucklauf, der deshalb wartet, wird danach fortgesetzt.',
    'In der Vorlage ist ein Fehler. Verbessern Sie die Vorlage. Dann geht es weiter.',
    'The letter templates or texts have a mistake. Mend the place; einmal-pin letters check names the mistakes. A print run that waits for it is resumed after that.',
  ),
  'letter.font': entry(
    422,
    'Den Briefvorlagen fehlt eine Schrift. Bitte eine vorhandene Schrift eintragen oder die Programme neu installieren (npm ci). Ein Drucklauf, der deshalb wartet, wird danach fortgesetzt.',
    'Eine Schrift fehlt. Sagen Sie der Technik Bescheid.',
    'The letter templates lack a font. Name a font that is there or install the programs again (npm ci). A print run that waits for it is resumed after that.',
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
  'printCentre.keyWrong': entry(
    503,
    'Der Schlüssel des Druckzentrums (secrets/print-centre/recipient.txt) ist keiner. Ohne ihn verlässt kein Brief das Haus. Bitte beim Druckzentrum neu holen.',
    'Der Schlüssel vom Druck-Zentrum ist falsch.',
    'The key of the print centre (secrets/print-centre/recipient.txt) is none. Without it no letter leaves. Get it from the print centre again.',
  ),
  'outbox.unwritable': entry(
    503,
    'Die Briefe lassen sich nicht in den Ausgangsordner des Druckzentrums legen: Er ist voll, schreibgeschützt oder nicht eingehängt. Kein Brief geht verloren; es geht von selbst weiter, sobald er beschreibbar ist.',
    'Der Ordner für das Druck-Zentrum ist voll. Kein Brief geht verloren.',
    'The letters cannot be put into the outbox folder of the print centre: it is full, read-only or not mounted. No letter is lost; it goes on by itself once the folder can be written.',
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
  'letter.changed': entry(
    500,
    'Ein fertiger Brief liegt in der Datenbank anders, als er geprüft wurde. Der Drucklauf ist gestoppt, kein weiterer Brief verlässt das Haus. Bitte sagen Sie der Technik sofort Bescheid.',
    'Ein fertiger Brief wurde verändert. Der Druck-Lauf ist gestoppt. Sagen Sie sofort der Technik Bescheid.',
    'A finished letter lies in the database otherwise than it was checked. The print run is stopped and nothing more of it leaves. Tell your engineers at once.',
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
