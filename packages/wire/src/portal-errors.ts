// What the user of the portal may meet. Texts say what to do next; they never say whether a case exists.
import { type ErrorText, entry } from './error-text.ts'

export const PORTAL_ERRORS = {
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
} as const satisfies Record<string, ErrorText>
